"""The pages added to the application: every module in qa/web/pages, there is no list to edit."""

import importlib
import pkgutil
from dataclasses import replace
from functools import cache
from typing import cast

from fastapi import FastAPI

from qa.web.site import PageModule, Site


def with_nav(site: Site) -> Site:
    """Return the site with the entries of every page that wants to be in the header."""
    items = (getattr(module, "NAV", None) for module in page_modules())
    return replace(site, nav=tuple(sorted((one for one in items if one is not None), key=lambda item: item.order)))


def add_pages(app: FastAPI, site: Site) -> None:
    """Add every page, and the static files."""
    for module in page_modules():
        app.include_router(module.router(site), include_in_schema=False)
    app.include_router(site.static.router(), include_in_schema=False)


@cache
def page_modules() -> tuple[PageModule, ...]:
    """Return the modules in qa/web/pages that have a router, in the order of their names."""
    package = importlib.import_module("qa.web.pages")
    found = [importlib.import_module(f"qa.web.pages.{one.name}") for one in pkgutil.iter_modules(package.__path__)]
    return tuple(cast(PageModule, module) for module in found if hasattr(module, "router"))
