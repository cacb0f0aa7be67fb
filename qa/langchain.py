"""Curbside inside LangChain: the search as a retriever, the answer as a runnable.

The one module that imports LangChain (langchain-core alone); nothing else of Curbside imports this one.
"""

from typing import Any

from langchain_core.callbacks import CallbackManagerForRetrieverRun
from langchain_core.documents import Document as LangChainDocument
from langchain_core.retrievers import BaseRetriever
from langchain_core.runnables import Runnable, RunnableLambda
from pydantic import ConfigDict

from corpus.document import SourceKind
from corpus.errors import BadQuestion
from index.hit import Filters, Hit
from qa.answer_json import to_json
from qa.answerer import Answerer


class CurbsideRetriever(BaseRetriever):
    """Passages as LangChain documents; `metadata` carries the exact span of each in its section.

    `metadata["start"]` and `metadata["end"]` are characters of the section's text, so that
    `page_content` equals that slice; `metadata["passage"]` opens it under `/api/passages/{id}`.
    """

    model_config = ConfigDict(arbitrary_types_allowed=True, extra="forbid")

    answerer: Answerer
    kind: SourceKind | None = None
    k: int = 10
    filters: Filters = Filters()

    def _get_relevant_documents(
        self, query: str, *, run_manager: CallbackManagerForRetrieverRun
    ) -> list[LangChainDocument]:
        hits = self.answerer.search(query, kind=self.kind, k=self.k, filters=self.filters)
        return [_document(hit) for hit in hits]


def _document(hit: Hit) -> LangChainDocument:
    """Return the hit as a LangChain document with where it came from."""
    return LangChainDocument(
        id=hit.passage.id,
        page_content=hit.passage.text,
        metadata={
            "passage": hit.passage.id,
            "document": hit.document.key,
            "version": hit.document.id,
            "kind": str(hit.document.kind),
            "title": hit.document.title,
            "section_id": hit.section.id,
            "section_number": hit.section.number,
            "section_title": hit.section.title,
            "loinc": hit.section.code,
            "start": hit.passage.start,
            "end": hit.passage.end,
            "url": hit.document.url,
            "identifiers": dict(hit.document.identifiers),
            "integrity": str(hit.document.integrity),
            "score": hit.score,
        },
    )


def answer_runnable(answerer: Answerer) -> Runnable[str | dict[str, Any], dict[str, object]]:
    """Return a runnable from a question to the answer as JSON-ready values (docs/answer-format.md).

    It takes the question as text, or `{"question": …, "history": [earlier questions], "audience": …}`.
    Raises BadQuestion for anything else. Answers are not kept: that is for who calls it.
    """

    def run(asked: str | dict[str, Any]) -> dict[str, object]:
        given = {"question": asked} if isinstance(asked, str) else dict(asked)
        question, history = given.pop("question", None), given.pop("history", ())
        audience = given.pop("audience", "clinician")
        if given or not isinstance(question, str) or isinstance(history, str):
            raise BadQuestion(
                'expected a question as text, or a dict with "question" (text), "history" (a list of texts) and '
                f'"audience", found {asked!r:.200}'
            )
        return to_json(answerer.ask(question, history, audience=audience))

    return RunnableLambda(run, name="curbside")
