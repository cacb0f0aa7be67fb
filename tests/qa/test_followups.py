"""The starter corpus answers the development questions: quotes exact, the right sections, the figures, the refusals.

The floors are what is reached today; a test that falls below one names what was lost.
"""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from corpus.store import Store
from evals.gold.followups import MET
from qa.answer import Answer, Status
from qa.answerer import Answerer
from tests.qa.pages import LABEL, documents, everything, headings, unsound

pytestmark = pytest.mark.shared

STARTER = Path(__file__).resolve().parents[2] / "corpus" / "starter"
_FIGURE = re.compile(r"\d+(?:\.\d+)?%|\d+\.\d+")
_SET_ID = re.compile(r"\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b")


@dataclass(frozen=True)
class Turn:
    """One question of the file with what stood before it, what its answer must rest on, and the answer."""

    id: str
    gold: dict[str, Any]
    answer: Answer

    @property
    def support(self) -> dict[str, Any]:
        return dict(self.gold.get("support", {}))


@pytest.fixture(scope="module")
def gold(shared: Path) -> dict[str, Any]:
    return dict(json.loads((shared / "facts/gold/followups.json").read_text(encoding="utf-8")))


@pytest.fixture(scope="module")
def starter_store(starter_home: Path) -> Iterator[Store]:
    with Store.open(starter_home) as store:
        yield store


@pytest.fixture(scope="module")
def starter(starter_home: Path) -> Answerer:
    return Answerer(starter_home)


@pytest.fixture(scope="module")
def turns(gold: dict[str, Any], starter: Answerer) -> list[Turn]:
    """Return single questions and the turns of every dialogue, which opens with the page's own question."""
    found = [Turn(one["id"], one, starter.ask(one["question"])) for one in gold["single"]]
    lexicon = starter.library().lexicon
    for dialogue in gold["dialogues"]:
        (drug,) = lexicon.find(dialogue["turns"][0]["standalone"])[:1]
        history = [f"What are the indications for {drug.names[0]}?"]
        for one in dialogue["turns"]:
            answer = starter.ask(one["user"], history)
            found.append(Turn(f"{dialogue['id']}.{one['turn']}", one, answer))
            history.append(one["user"])
    return found


@pytest.fixture(scope="module")
def without_answer(gold: dict[str, Any], starter: Answerer) -> list[Turn]:
    return [Turn(one["id"], one, starter.ask(one["question"])) for one in gold["unanswerable"]]


def test_every_quote_is_exact_and_nothing_is_said_twice(
    turns: list[Turn], without_answer: list[Turn], starter_store: Store
) -> None:
    assert len(turns) == 24 and len(without_answer) == 8
    wrong = {turn.id: unsound(turn.answer, starter_store) for turn in (*turns, *without_answer)}
    assert {name: faults for name, faults in wrong.items() if faults} == {}


def test_the_standalone_form_names_the_drug_that_the_dialogue_is_about(turns: list[Turn]) -> None:
    lost = [turn.id for turn in turns if "." in turn.id and not turn.answer.understood.drugs]
    assert lost == []


def test_the_right_section_of_the_label_is_among_the_blocks(turns: list[Turn]) -> None:
    wanted = {
        f"{turn.id} {place}": _shows(turn.answer, place) for turn in turns for place in turn.support["label_sections"]
    }
    missed = [place for place, shown in wanted.items() if not shown]
    assert len(wanted) - len(missed) >= 14, f"not shown: {missed}"


def test_the_articles_that_hold_the_answer_are_cited(turns: list[Turn]) -> None:
    wanted = {
        f"{turn.id} {name}": _key(f"research/{name}.md") in documents(turn.answer)
        for turn in turns
        for name in turn.support["article_ids"]
        if (STARTER / f"research/{name}.md").exists() and "retracted" not in _integrity(f"research/{name}.md")
    }
    missed = [place for place, cited in wanted.items() if not cited]
    assert len(wanted) - len(missed) >= 7, f"not cited: {missed}"


def test_the_guidelines_that_hold_the_answer_are_cited(turns: list[Turn]) -> None:
    wanted = {
        f"{turn.id} {name}": f"guideline:{name}" in documents(turn.answer)
        for turn in turns
        for name in turn.support["guideline_ids"]
    }
    missed = [place for place, cited in wanted.items() if not cited]
    assert len(wanted) - len(missed) >= 6, f"not cited: {missed}"


def test_the_figures_that_a_good_answer_needs_are_in_it(turns: list[Turn]) -> None:
    wanted = {
        f"{turn.id} {figure}": figure in f"{everything(turn.answer)} {headings(turn.answer, LABEL)}"
        for turn in turns
        for fact in turn.gold["must_have"]
        for figure in _FIGURE.findall(fact)
    }
    missed = [place for place, said in wanted.items() if not said]
    assert len(wanted) - len(missed) >= 36, f"not said: {missed}"


def test_what_must_not_be_said_is_not_said(turns: list[Turn], without_answer: list[Turn]) -> None:
    for turn in (*turns, *without_answer):
        forbidden = turn.gold["must_not_say"]
        for words in [forbidden] if isinstance(forbidden, str) else forbidden:
            assert words.lower() not in everything(turn.answer).lower(), turn.id


def test_what_has_no_answer_is_met_as_it_should_be(without_answer: list[Turn]) -> None:
    met = {turn.id: turn.answer.status for turn in without_answer if turn.gold["category"] in MET}
    assert met == {turn.id: MET[turn.gold["category"]] for turn in without_answer if turn.gold["category"] in MET}
    assert len(met) == 7


def test_a_refusal_claims_nothing_and_says_what_is_missing(without_answer: list[Turn]) -> None:
    refused = [turn.answer for turn in without_answer if turn.answer.status is Status.REFUSED]
    assert len(refused) >= 3
    for answer in refused:
        assert answer.claims() == [] and answer.refusal is not None and answer.refusal.missing


def test_a_question_on_pregnancy_is_met_with_what_section_8_1_says(without_answer: list[Turn]) -> None:
    (turn,) = [turn for turn in without_answer if turn.gold["category"] == "outside label"]
    assert "8.1 Pregnancy" in headings(turn.answer, LABEL)
    assert "not indicated for women of reproductive potential" in everything(turn.answer)
    assert "rats" in everything(turn.answer)


def test_an_identifier_is_never_made_up(without_answer: list[Turn], starter_store: Store) -> None:
    held = {dict(document.identifiers).get("setid") for document in starter_store.current()}
    for turn in without_answer:
        answer = turn.answer
        refusal = "" if answer.refusal is None else f"{answer.refusal.reason} {answer.refusal.missing}"
        assert set(_SET_ID.findall(f"{everything(answer)} {answer.notice} {refusal}")) <= held


def test_the_set_id_that_is_asked_for_is_said_as_held(without_answer: list[Turn]) -> None:
    (turn,) = [turn for turn in without_answer if turn.gold["category"] == "guessing"]
    assert "setid 471baba2-7154-4488-9891-0db2f46791e7" in turn.answer.notice


def test_a_question_to_one_body_is_answered_in_its_words_alone(turns: list[Turn]) -> None:
    (turn,) = [turn for turn in turns if "What does ACR say" in turn.answer.question]
    assert documents(turn.answer) == {"guideline:acr_giop_2022"}


def test_a_trial_that_is_retracted_is_named_and_not_cited(starter: Answerer, starter_store: Store) -> None:
    answer = starter.ask("Do bisphosphonates prevent hip fracture in neurological disease?")
    assert "Not used, because retracted: “Efficacy of oral bisphosphonates for preventing hip fracture" in answer.notice
    assert unsound(answer, starter_store) == []


def _shows(answer: Answer, place: str) -> bool:
    """Return whether a block shows the section of "romosozumab:8.7"; "2" is met by its subsections too."""
    number = place.split(":")[1]
    if number == "Boxed warning":
        return any(heading.startswith("Boxed Warning") for heading in headings(answer, LABEL))
    return any(re.match(rf"(?:\w+: )?{re.escape(number)}[ .]", heading) for heading in headings(answer, LABEL))


def _key(path: str) -> str:
    return _front(path, "key")


def _integrity(path: str) -> str:
    return _front(path, "integrity")


def _front(path: str, name: str) -> str:
    """Return a plain value of a starter document's front matter, "" where it has none."""
    found = re.search(rf'^{name}: "?([^"\n]*)', (STARTER / path).read_text(encoding="utf-8"), re.MULTILINE)
    return found[1] if found else ""
