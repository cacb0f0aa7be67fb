"""The editorial policy: how sources are chosen, how answers are made and checked, what their states mean."""

from fastapi import APIRouter, Request
from fastapi.responses import Response

from qa.web.site import Site


def router(site: Site) -> APIRouter:
    """Return `/editorial-policy`."""
    router = APIRouter()

    @router.get("/editorial-policy")
    def policy(request: Request) -> Response:
        return site.page(request, "policy.html", title="Editorial policy")

    return router
