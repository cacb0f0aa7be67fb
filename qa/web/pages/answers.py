"""The page of an answer, and its references for other programs."""

from collections.abc import Callable
from urllib.parse import quote

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response

from corpus.errors import NotFound
from qa.answer import Answer
from qa.audience import wants_glossary
from qa.bibliography.bibtex import bibtex
from qa.bibliography.csl import csl
from qa.bibliography.entry import Entry, entries
from qa.bibliography.ris import ris
from qa.bibliography.text import as_text
from qa.conflict_words import IN_WORDS
from qa.web.conversation import Conversation
from qa.web.glossed import Glossed
from qa.web.held import Held, held_of
from qa.web.layout import KINDS, labels, pieces, references, sections_of, studies
from qa.web.links import identifiers, source_path, web_url
from qa.web.reader import reader_of
from qa.web.site import PRIVATE, Site
from qa.web.slug import answer_path
from qa.web.state import Step

# Ending → media type and writer. All are text in UTF-8.
_FORMATS: dict[str, tuple[str, Callable[[list[Entry]], str]]] = {
    "bib": ("application/x-bibtex", bibtex),
    "ris": ("application/x-research-info-systems", ris),
    "json": ("application/vnd.citationstyles.csl+json", csl),
}


def router(site: Site) -> APIRouter:
    """Return `/answers/{id}-{slug}`, `/answers/{id}/answer.txt` and `/answers/{id}/references.{bib,ris,json}`."""
    router = APIRouter()
    conversation = Conversation(site)

    @router.get("/answers/{name}")
    def page(request: Request, name: str) -> Response:
        answer = site.keeper.kept(_id(name))
        canonical = answer_path(answer)
        if f"/answers/{name}" != canonical:
            return RedirectResponse(canonical, 301)
        site.read(answer.id)
        context = context_of(site, answer, reader_of(request)) | {"talk": conversation.talk(answer.id)}
        return site.page(request, f"answer/{answer.status}.html", context, title=answer.question)

    @router.get("/answers/{name}/answer.txt")
    def text(name: str) -> Response:
        answer = site.keeper.kept(_id(name))
        documents = {version: one.document for version, one in _held(site, answer).items()}
        said = as_text(answer, documents, pending=site.states.of(answer).is_pending)
        return Response(said, media_type="text/plain; charset=utf-8", headers=PRIVATE)

    @router.get("/answers/{name}/references.{ending}")
    def exported(name: str, ending: str) -> Response:
        answer = site.keeper.kept(_id(name))
        media, write = _FORMATS[_known(ending)]
        cited = [(one.document, one.retrieved) for one in _held(site, answer).values()]
        file = f'attachment; filename="curbside-{quote(answer.id)}.{ending}"'
        headers = PRIVATE | {"content-disposition": file}
        return Response(write(entries(cited)), media_type=f"{media}; charset=utf-8", headers=headers)

    return router


def _id(name: str) -> str:
    return name.partition("-")[0]


def _known(ending: str) -> str:
    if ending not in _FORMATS:
        known = ", ".join(f"references.{one}" for one in _FORMATS)
        raise NotFound(f"references.{ending} is not offered: there are {known}")
    return ending


def _held(site: Site, answer: Answer) -> dict[str, Held]:
    return held_of(site.store, (citation.version for citation in answer.citations))


def context_of(site: Site, answer: Answer, reader: str | None) -> dict[str, object]:
    """Return what the templates of an answer need beside it."""
    cited = {citation.n: citation for citation in answer.citations}
    held = _held(site, answer)
    state = site.states.of(answer)
    return {
        "answer": answer,
        "path": answer_path(answer),
        "cited": cited,
        "held": held,
        "state": state,
        "steps": tuple(Step),
        "flagged": frozenset(flag.n for flag in state.flags),
        "kinds": KINDS,
        "in_words": IN_WORDS,
        "contents": sections_of(answer.parts),
        "references": references(answer, held),
        "labels_of": lambda part: labels(part, cited),
        "studies_of": lambda claim: studies(claim, cited, held),
        "pieces": pieces,
        "glossed": Glossed(wants_glossary(reader or answer.audience)),
        "source_path": source_path,
        "identifiers": identifiers,
        "web_url": web_url,
    }
