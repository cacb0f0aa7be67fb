"""The boxed warning as it is measured: due where use or harm of a drug is asked about whose label has one."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from corpus.document import SourceKind
from evals.gold.base import GoldQuestion
from evals.measures.base import Share
from evals.measures.boxed_warning import MEASURE, SHOWN, BoxedWarning
from evals.outcome import Outcome
from qa.answer import Answer
from qa.answerer import Answerer
from tests.qa.small_library import BagEncoder, build

QUESTION = GoldQuestion("q1", "What are the risks?")


@pytest.fixture(scope="module")
def answerer(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Answerer]:
    yield Answerer(build(tmp_path_factory.mktemp("library") / "home"), encoder=BagEncoder())


@pytest.fixture(scope="module")
def measure(answerer: Answerer) -> BoxedWarning:
    return MEASURE.prepared(BagEncoder(), answerer.library().snapshot)


def without_boxed_warning(answer: Answer) -> Answer:
    """Return the answer as if its boxed warning had been forgotten."""
    kept = tuple(c for c in answer.citations if not c.section.title.startswith("Boxed Warning"))
    return replace(answer, citations=kept)


def test_an_answer_that_quotes_the_boxed_warning_has_all_that_is_due(answerer: Answerer, measure: BoxedWarning) -> None:
    answer = answerer.ask("What are the side effects of zelomab?")
    assert measure.shares(QUESTION, Outcome("q1", answer=answer)) == {SHOWN: Share(1, 1)}


def test_one_that_cites_the_label_without_it_lacks_it(answerer: Answerer, measure: BoxedWarning) -> None:
    answer = without_boxed_warning(answerer.ask("What are the side effects of zelomab?"))
    assert any(citation.kind is SourceKind.LABEL for citation in answer.citations)
    assert measure.shares(QUESTION, Outcome("q1", answer=answer)) == {SHOWN: Share(0, 1)}


def test_a_label_that_is_held_and_not_cited_counts_for_the_one_drug_asked_about(
    answerer: Answerer, measure: BoxedWarning
) -> None:
    answer = answerer.ask("What are the side effects of zelomab?")
    research = replace(answer, citations=tuple(c for c in answer.citations if c.kind is not SourceKind.LABEL))
    held = BoxedWarning(measure.sections, {"zelomab": frozenset(measure.sections)})
    assert held.shares(QUESTION, Outcome("q1", answer=research)) == {SHOWN: Share(0, 1)}
    two = replace(research, understood=replace(answer.understood, drugs=("zelomab", "velatide")))
    assert held.shares(QUESTION, Outcome("q1", answer=two)) == {}


def test_where_storage_is_asked_about_or_nothing_answered_none_is_due(
    answerer: Answerer, measure: BoxedWarning
) -> None:
    stored = answerer.ask("How is zelomab stored?")
    refused = answerer.ask("What are the side effects of fortemine?")
    assert measure.shares(QUESTION, Outcome("q1", answer=stored)) == {}
    assert measure.shares(QUESTION, Outcome("q1", answer=refused)) == {}


def test_a_failure_lacks_it() -> None:
    assert MEASURE.shares(QUESTION, Outcome("q1", error="took too long")) == {SHOWN: Share(0.0)}


def test_the_labels_of_a_snapshot_are_known_by_their_drugs(measure: BoxedWarning, tmp_path: Path) -> None:
    assert all(measure.sections.values()) and measure.labels["zelomab"] & measure.sections.keys()
    assert MEASURE.prepared(BagEncoder(), None) == MEASURE
