"""What the service gives of the sources: search, a passage in its section, and whether it is ready."""

from collections.abc import Callable
from dataclasses import asdict
from typing import Annotated, Any

from fastapi import FastAPI, Query
from fastapi.responses import JSONResponse

from corpus.document import Document, Section, SourceKind
from corpus.errors import BadInput, CurbsideError, NotFound
from corpus.passage import Passage
from corpus.records import PassagePlace
from index.hit import Filters
from qa.answerer import Answerer
from qa.question import MAX_CHARS
from qa.serve_errors import problem
from qa.wire import Problem, Ready, WireHit, WirePassage, WireSection

Year = Annotated[int | None, Query(ge=0, le=9999)]
Offset = Annotated[int | None, Query(ge=0, description="A character of the section's text, from 0.")]


def add_sources(app: FastAPI, answerer: Answerer, stored: Callable[[str], PassagePlace]) -> None:
    """Add search and passages; `stored` finds a passage that the current snapshot no longer has."""

    @app.get("/api/search", summary="The passages nearest to a question", responses={503: {"model": Problem}})
    def search(
        q: Annotated[str, Query(max_length=MAX_CHARS, description="What to look for.")],
        kind: Annotated[SourceKind | None, Query(description="Only this kind of source.")] = None,
        k: Annotated[int, Query(ge=1, le=100, description="How many passages at most.")] = 10,
        drug: Annotated[
            list[str] | None, Query(max_length=20, description="Only documents about these drugs, by any name.")
        ] = None,
        year_from: Year = None,
        year_to: Year = None,
    ) -> list[WireHit]:
        filters = Filters(drugs=frozenset(drug or ()), year_from=year_from, year_to=year_to)
        return [WireHit.of(hit) for hit in answerer.search(q, kind=kind, k=k, filters=filters)]

    @app.get("/api/passages/{passage_id}", summary="A passage in its section", responses={404: {"model": Problem}})
    def passage(passage_id: str, start: Offset = None, end: Offset = None) -> WirePassage:
        snapshot = answerer.library().snapshot
        try:
            row = snapshot.row_of(passage_id)
        except NotFound:
            # An answer given before the last publish cites what was served then; the store keeps every version.
            place = stored(passage_id)
            return _passage(place.passage, place.document.sections[place.passage.section], place.document, start, end)
        return _passage(snapshot.passage(row), snapshot.section_of(row), snapshot.document_of(row), start, end)


def _passage(passage: Passage, section: Section, document: Document, start: int | None, end: int | None) -> WirePassage:
    """Return the passage with the characters [start, end) of its section cited, its own where none are given."""
    first, last = passage.start if start is None else start, passage.end if end is None else end
    if not 0 <= first < last <= len(section.text):
        raise BadInput(f"expected 0 <= start < end <= {len(section.text)}, found start={first} end={last}")
    return WirePassage(
        passage=passage.id,
        document=document.key,
        version=document.id,
        kind=document.kind,
        title=document.title,
        body=document.body,
        url=document.url,
        date=document.effective or str(document.year or ""),
        integrity=document.integrity,
        notice=document.notice,
        digest_of=document.digest_of,
        licence=document.licence,
        identifiers=dict(document.identifiers),
        section=WireSection.of(section),
        text=section.text,
        start=first,
        end=last,
        quote=section.text[first:last],
    )


def add_health(app: FastAPI, answerer: Answerer) -> None:
    """Add what a supervisor asks: is the process alive, can it answer."""

    @app.get("/healthz", summary="Whether the process is alive")
    def healthz() -> dict[str, str]:
        return {"status": "alive"}

    @app.get(
        "/readyz",
        summary="Whether questions can be answered",
        response_model=Ready,
        responses={503: {"model": Problem}},
    )
    def readyz() -> Any:
        try:
            manifest = answerer.library().snapshot.manifest
        except CurbsideError as error:
            return problem(str(error), 503)
        return JSONResponse(_ready(asdict(manifest)))


def _ready(manifest: dict[str, Any]) -> dict[str, Any]:
    names = ("created", "encoder", "engine", "documents", "passages", "sentences")
    return {"status": "ready", "snapshot": manifest["id"]} | {name: manifest[name] for name in names}
