"""A source opened at its cited characters: a page of its own, or a part that a script puts beside an answer."""

from typing import Annotated

from fastapi import APIRouter, Header, Query, Request
from fastapi.responses import Response

from corpus.document import Section
from corpus.errors import BadInput, NotFound
from corpus.store import Store
from qa.web.held import held
from qa.web.layout import KINDS
from qa.web.links import identifiers, web_url
from qa.web.section_view import lines
from qa.web.site import Site

Offset = Annotated[int | None, Query(ge=0)]


def router(site: Site) -> APIRouter:
    """Return `/sources/passages/{id}`."""
    router = APIRouter()

    @router.get("/sources/passages/{passage_id}")
    def passage(
        request: Request,
        passage_id: str,
        start: Offset = None,
        end: Offset = None,
        version: str = "",
        hx_request: Annotated[str, Header()] = "",
    ) -> Response:
        place = site.store.passage(passage_id)
        cited = place.document.sections[place.passage.section]
        first, last = place.passage.start if start is None else start, place.passage.end if end is None else end
        if not 0 <= first < last <= len(cited.text):
            raise BadInput(f"expected 0 <= start < end <= {len(cited.text)}, found start={first} end={last}")
        shown = held(site.store, version or place.document.id)
        section = _section(site.store, shown.document.id, cited.id)
        named = list(identifiers(shown.document))
        context = {
            "held": shown,
            "kind": KINDS[shown.document.kind][1],
            "section": section,
            "lines": lines(section, first, last),
            "span": (first, last),
            "identifiers": named,
            "url": web_url(shown.document.url) or next((one.href for one in named if one.href), ""),
        }
        if hx_request == "true":
            return site.part("source/panel.html", **context)
        return site.page(request, "source/page.html", context, title=shown.document.title)

    return router


def _section(store: Store, version: str, section_id: str) -> Section:
    """Return a section of one version. Raises NotFound where that version has another text in its place."""
    for section in store.get(version).sections:
        if section.id == section_id:
            return section
    raise NotFound(f"version {version!r} has no section {section_id}: open the passage without a version")
