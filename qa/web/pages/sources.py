"""The sources: what is held, how fresh it is, each document with its versions, and how refreshes went."""

from datetime import UTC, datetime
from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import Response

from corpus import holdings
from corpus.document import SourceKind
from corpus.refreshing import Run
from qa.web.held import badge_of, held
from qa.web.layout import KINDS
from qa.web.links import identifiers, web_url
from qa.web.section_view import lines
from qa.web.site import NavItem, Site
from qa.web.source_view import ago, between, dated, shown, versions_of

NAV = NavItem("Sources", "/sources", order=20)
PER_PAGE, RUNS, CITING = 50, 50, 5
Text = Annotated[str, Query(max_length=200)]


def router(site: Site) -> APIRouter:
    """Return `/sources`, `/sources/refreshes` and `/sources/{key}`."""
    router = APIRouter()

    @router.get("/sources")
    def sources(request: Request, kind: str = "", words: Text = "", page: int = 1) -> Response:
        chosen = next((one for one in SourceKind if one == kind), None)
        words = words.strip()
        with site.store.engine.connect() as connection:
            total = holdings.count(connection, chosen, words)
            pages = max(1, -(-total // PER_PAGE))
            page = min(max(1, page), pages)
            found = holdings.holdings(connection, chosen, words, limit=PER_PAGE, offset=(page - 1) * PER_PAGE)
            context = {
                "held": holdings.kinds_held(connection),
                "found": tuple(found),
                "runs": _last_runs(site.runs(500)),
                "total": total,
                "pages": pages,
                "number": page,
                "kind": chosen,
                "words": words,
            }
        return site.page(request, "sources/list.html", context | _shared(), title="Sources")

    @router.get("/sources/refreshes")
    def refreshes(request: Request, collection: Text = "") -> Response:
        runs = site.runs(RUNS, collection or None)
        return site.page(request, "sources/refreshes.html", {"runs": runs, "collection": collection}, title="Refreshes")

    @router.get("/sources/{key:path}")
    def source(request: Request, key: str, version: str = "", section: str = "", changes: str = "") -> Response:
        versions = versions_of(site.store, key)
        view = shown(site.store, versions, version, section)
        with site.store.engine.connect() as connection:
            cited, citing = holdings.citing(connection, key, CITING)
        named = list(identifiers(view.document))
        context = {
            "key": key,
            "versions": versions,
            "view": view,
            "held": held(site.store, view.version.id),
            "between": between(site.store, versions, changes) if changes else None,
            "integrity": site.store.integrity_history(key),
            "cited": cited,
            "citing": citing,
            "identifiers": named,
            "url": web_url(view.document.url) or next((one.href for one in named if one.href), ""),
            "lines": lambda one: lines(one, 0, 0),
            "dated": dated,
        }
        return site.page(request, "sources/document.html", context | _shared(), title=view.document.title)

    return router


def _shared() -> dict[str, object]:
    today = datetime.now(UTC).date()
    return {"kinds": KINDS, "badge_of": badge_of, "ago": lambda day: ago(day, today)}


def _last_runs(runs: tuple[Run, ...]) -> list[Run]:
    """Return the latest run of each collection, by its name."""
    latest: dict[str, Run] = {}
    for run in runs:
        latest.setdefault(run.collection, run)
    return [latest[name] for name in sorted(latest)]
