"""The pages: what a browser is given, over the same answers, sources and store as the API."""
