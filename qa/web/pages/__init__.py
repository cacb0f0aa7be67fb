"""One module a page, or a few that belong together: qa/web/site.py says what a module offers."""
