from datetime import UTC, datetime
from pathlib import Path

import pytest

from corpus.document import SourceKind
from corpus.errors import BadQuestion, NotReady
from qa.answer import FORMAT, Answer, Status, content_hash
from qa.answerer import Answerer
from qa.check import checked
from tests.qa.conftest import Ask
from tests.qa.small_library import BagEncoder

MOMENT = datetime(2026, 11, 23, 12, 30, tzinfo=UTC)


def test_an_answer_carries_what_a_reader_needs_to_judge_it(library_home: Path) -> None:
    answerer = Answerer(library_home, encoder=BagEncoder(), now=lambda: MOMENT)
    answer = answerer.ask("What is Zelo indicated for?", audience="patient")
    assert answer.format == FORMAT and answer.question == "What is Zelo indicated for?"
    assert answer.standalone == "What is zelomab (Zelo) indicated for?"
    assert answer.audience == "patient" and answer.created == "2026-11-23T12:30:00.000+00:00"
    assert answer.snapshot == answerer.library().snapshot.manifest.id
    assert answer.status is Status.ANSWERED and answer.refusal is None
    assert answer.understood.drugs == ("zelomab",) and answer.understood.aspects[0] == "indication"
    assert answer.hash == content_hash(answer)
    assert set(answer.timing_ms) == {"understand", "encode", "compose", "check", "total"}


def test_the_three_parts_are_always_there(ask: Ask) -> None:
    for question in ("What is zelomab indicated for?", "What is the dose of fortemine?", "Hello"):
        assert [part.kind for part in ask(question).parts] == list(SourceKind)


def test_a_question_is_cleaned_before_it_is_asked(ask: Ask) -> None:
    assert ask("  What is <b>zelomab</b>\x00 indicated for? ").question == "What is zelomab indicated for?"


@pytest.mark.parametrize("question", ["", "   ", "???", "x" * 2001])
def test_what_is_no_question_is_refused_as_bad_input(answerer: Answerer, question: str) -> None:
    with pytest.raises(BadQuestion):
        answerer.ask(question)


def test_a_bad_question_in_the_history_is_bad_input_too(answerer: Answerer) -> None:
    with pytest.raises(BadQuestion):
        answerer.ask("And in CKD?", [""])


def test_without_a_published_snapshot_it_says_what_to_run(tmp_path: Path) -> None:
    with pytest.raises(NotReady, match="curbside"):
        Answerer(tmp_path, encoder=BagEncoder()).ask("What is zelomab indicated for?")


def test_a_search_gives_passages_of_one_kind_or_of_all_best_first(answerer: Answerer) -> None:
    of_all = answerer.search("zelomab severe asthma", k=6)
    assert [hit.rank for hit in of_all] == [1, 2, 3, 4, 5, 6]
    labels = answerer.search("zelomab severe asthma", kind=SourceKind.LABEL, k=3)
    assert {hit.document.kind for hit in labels} == {SourceKind.LABEL}


def test_the_constraints_of_a_question_are_shown(ask: Ask) -> None:
    assert ask("Can zelomab be used with an eGFR of 25?").understood.constraints == ("eGFR 25",)


def test_a_drug_that_is_not_held_is_named_in_the_notice(ask: Ask) -> None:
    answer = ask("How does zelomab compare with fortemine?")
    assert answer.understood.unknown_drugs == ("fortemine",)
    assert "No label of fortemine is held here." in answer.notice


def test_what_no_point_speaks_of_is_named_in_the_notice(ask: Ask) -> None:
    answer = ask("Can zelomab cause hypocalcemia or gallstones?")
    assert answer.status is Status.ANSWERED
    assert "None of what follows speaks of: gallstones." in answer.notice


def test_whatever_leaves_has_passed_the_check_and_has_no_empty_block(ask: Ask, answerer: Answerer) -> None:
    answer = ask("What do we know of zelomab in severe asthma?")
    again, wrong = checked(answer, answerer.library().snapshot)
    assert wrong == [] and again is answer
    assert all(block.claims for part in answer.parts for block in part.blocks)


def test_the_hash_is_over_what_is_said_and_not_over_when_and_to_whom(library_home: Path) -> None:
    def said(moment: datetime, audience: str) -> Answer:
        return Answerer(library_home, encoder=BagEncoder(), now=lambda: moment).ask(
            "What is zelomab indicated for?", audience=audience
        )

    assert said(MOMENT, "pharmacist").hash == said(datetime(2027, 1, 1, tzinfo=UTC), "clinician").hash
