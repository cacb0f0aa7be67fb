"""Curbside inside a LangChain chain: spans survive, and the answer is the same."""

import asyncio
from pathlib import Path
from typing import Any

import pytest
from langchain_core.documents import Document
from langchain_core.language_models import FakeListChatModel
from langchain_core.output_parsers import StrOutputParser
from langchain_core.prompts import ChatPromptTemplate
from langchain_core.runnables import RunnableLambda, RunnableParallel, RunnablePassthrough
from pydantic import ValidationError

from corpus.document import SourceKind
from corpus.errors import BadQuestion
from index.hit import Filters
from qa.answer_json import to_json
from qa.answerer import Answerer
from qa.langchain import CurbsideRetriever, answer_runnable
from tests.index.corpora import WordEncoder
from tests.small_home import CONTRAINDICATIONS, DOSE, INDICATION


@pytest.fixture(scope="module")
def answerer(small_home: Path) -> Answerer:
    return Answerer(small_home, encoder=WordEncoder())


def words(answer: dict[str, Any]) -> dict[str, Any]:
    """Return what does not depend on when the question was asked."""
    return {name: value for name, value in answer.items() if name not in ("id", "created", "timing_ms")}


def test_every_document_is_its_span_of_the_section_that_its_passage_opens(answerer: Answerer) -> None:
    found = CurbsideRetriever(answerer=answerer, k=20).invoke("examplumab osteoporosis")
    snapshot = answerer.library().snapshot
    assert len(found) == len(snapshot) == 7
    for document in found:
        place = document.metadata
        section = snapshot.section_of(snapshot.row_of(place["passage"]))
        assert section.id == place["section_id"]
        assert section.text[place["start"] : place["end"]] == document.page_content


def test_kind_and_filters_narrow_and_the_best_come_first(answerer: Answerer) -> None:
    labels = CurbsideRetriever(answerer=answerer, kind=SourceKind.LABEL, k=2).invoke("dose of examplumab")
    assert [document.metadata["kind"] for document in labels] == ["label", "label"]
    assert labels[0].metadata["score"] >= labels[1].metadata["score"]
    recent = CurbsideRetriever(answerer=answerer, k=20, filters=Filters(year_from=2023)).invoke("examplumab")
    assert {document.metadata["document"] for document in recent} == {"label:examplumab", "guideline:sample-society"}


def test_an_unknown_setting_of_the_retriever_is_refused(answerer: Answerer) -> None:
    with pytest.raises(ValidationError, match="top_k"):
        CurbsideRetriever(answerer=answerer, top_k=3)  # type: ignore[call-arg]


def test_the_runnable_gives_the_answer_as_the_api_does(answerer: Answerer) -> None:
    assert words(answer_runnable(answerer).invoke(INDICATION)) == words(to_json(answerer.ask(INDICATION)))


def test_the_runnable_takes_a_history(answerer: Answerer) -> None:
    asked = {"question": "What is its recommended dose?", "history": [INDICATION]}
    assert "examplumab" in str(answer_runnable(answerer).invoke(asked)["standalone"])


@pytest.mark.parametrize("asked", [{}, {"question": 1}, {"question": "a", "history": "b"}, {"query": "a"}])
def test_what_is_no_question_is_refused_with_what_was_expected(answerer: Answerer, asked: dict[str, Any]) -> None:
    with pytest.raises(BadQuestion, match='expected a question as text, or a dict with "question"'):
        answer_runnable(answerer).invoke(asked)


def test_batch_and_async_give_what_one_by_one_gives(answerer: Answerer) -> None:
    runnable = answer_runnable(answerer)
    questions: list[str | dict[str, Any]] = [INDICATION, CONTRAINDICATIONS, DOSE]
    one_by_one = [words(runnable.invoke(question)) for question in questions]
    assert [words(answer) for answer in runnable.batch(questions)] == one_by_one

    async def all_at_once() -> list[dict[str, Any]]:
        return await asyncio.gather(*(runnable.ainvoke(question) for question in questions))

    assert [words(answer) for answer in asyncio.run(all_at_once())] == one_by_one


def test_the_retriever_works_async(answerer: Answerer) -> None:
    retriever = CurbsideRetriever(answerer=answerer, k=3)
    assert asyncio.run(retriever.ainvoke(DOSE)) == retriever.invoke(DOSE)


def test_a_chain_of_retriever_prompt_and_model_sees_the_passages_with_their_places(answerer: Answerer) -> None:
    def laid_out(documents: list[Document]) -> str:
        places = ((document.page_content, document.metadata) for document in documents)
        return "\n".join(f"[{m['passage']}:{m['start']}-{m['end']}] {text}" for text, m in places)

    seen: list[str] = []

    def overheard(prompt: Any) -> Any:
        seen.append(prompt.to_string())
        return prompt

    retriever = CurbsideRetriever(answerer=answerer, kind=SourceKind.LABEL, k=1)
    chain = (
        RunnableParallel(context=retriever | laid_out, question=RunnablePassthrough())
        | ChatPromptTemplate.from_template("Answer from:\n{context}\n\nQuestion: {question}")
        | RunnableLambda(overheard)
        | FakeListChatModel(responses=["70 mg once a month."])
        | StrOutputParser()
    )
    assert chain.invoke(DOSE) == "70 mg once a month."
    [document] = retriever.invoke(DOSE)
    place = document.metadata
    assert f"[{place['passage']}:{place['start']}-{place['end']}] {document.page_content}" in seen[0]
    assert "70 mg" in document.page_content


def test_search_and_answer_run_side_by_side_in_one_chain(answerer: Answerer) -> None:
    both = RunnableParallel(
        answer=answer_runnable(answerer), sources=CurbsideRetriever(answerer=answerer, k=20)
    ).invoke(CONTRAINDICATIONS)
    cited = {citation["passage"] for citation in both["answer"]["citations"]}
    assert cited
    assert cited <= {document.id for document in both["sources"]}
