"""Search over the passages themselves: what is held, in its own words, narrowed by kind, drug, year and section."""

from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import Response

from corpus.document import SourceKind
from corpus.errors import BadQuestion
from qa.question import MAX_CHARS
from qa.web.held import badge_of
from qa.web.layout import KINDS
from qa.web.passage_search import SECTIONS, Wanted, passages
from qa.web.site import NavItem, Site

NAV = NavItem("Search", "/search", order=15)
Text = Annotated[str, Query(max_length=200)]


def router(site: Site) -> APIRouter:
    """Return `/search`; the words looked for are in its address, which is logged without them."""
    router = APIRouter()

    @router.get("/search")
    def search(
        request: Request,
        q: Annotated[str, Query(max_length=MAX_CHARS)] = "",
        kind: SourceKind | str = "",
        drug: Text = "",
        section: Text = "",
        year_from: Text = "",
        year_to: Text = "",
        page: int = 1,
    ) -> Response:
        chosen = next((one for one in SourceKind if one == kind), None)
        wanted = Wanted(q.strip(), chosen, drug.strip(), section.strip(), _year(year_from), _year(year_to))
        found, said = None, ""
        if wanted.words:
            try:
                found = passages(site.answerer, wanted, page)
            except BadQuestion as error:
                said = str(error)
        context = {"wanted": wanted, "found": found, "said": said, "sections": SECTIONS, "kinds": KINDS}
        return site.page(request, "search.html", context, title="Search", badge_of=badge_of)

    return router


def _year(text: str) -> int | None:
    """Return a year as it was typed, None for what is none: the form is shown with what was understood."""
    return int(text) if text.strip().isdecimal() and len(text.strip()) == 4 else None
