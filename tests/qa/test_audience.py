"""Who reads an answer takes nothing from it: what one audience is told stands in every other's answer."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import get_args

import pytest

from corpus.document import SourceKind
from corpus.errors import BadQuestion
from qa.answer import Answer, Block, Claim
from qa.answerer import Answerer
from qa.audience import OFFERED, Audience, AudienceName, audience_of, wants_glossary, wants_plain
from tests.qa.plain_library import build_plain
from tests.qa.small_library import BagEncoder

TEMPLATES = (
    "What is {} indicated for?",
    "What are the contraindications of {}?",
    "What are the side effects of {}?",
    "Is {} safe in kidney disease?",
    "What happens when {} is stopped?",
)
PLAIN_QUESTIONS = (
    "What is zelomab for?",
    "What are the contraindications of zelomab?",
    "What are the side effects of zelomab?",
    "Is zelomab safe in pregnancy?",
    "Tell me about ordazine",
    "Does velatide prevent gout flares?",
    "Compare zelomab and velatide",
    "What is the dose of fortemine?",
    "I took zelomab and cannot breathe, my face is swelling up",
    "Hello",
)


@pytest.fixture(scope="module")
def plain_answerer(tmp_path_factory: pytest.TempPathFactory) -> Answerer:
    return Answerer(build_plain(tmp_path_factory.mktemp("audience") / "home"), encoder=BagEncoder())


@pytest.fixture(scope="module")
def starter(starter_home: Path) -> Answerer:
    return Answerer(starter_home)


def told(answer: Answer) -> set[tuple[object, ...]]:
    """Return all that an answer tells whoever reads it, without the numbers: words, and the characters they rest on."""
    quotes = {c.n: (c.version, c.section.id, c.start, c.end, c.quote, c.integrity) for c in answer.citations}

    def of(where: str, blocks: tuple[Block, ...]) -> Iterator[tuple[object, ...]]:
        for block in blocks:
            for claim in block.claims:
                yield where, block.heading, *words(claim)

    def words(claim: Claim) -> tuple[object, ...]:
        return (
            claim.context,
            claim.text,
            tuple(quotes[n] for n in claim.quoted),
            frozenset(quotes[n] for n in claim.citations),
        )

    found: set[tuple[object, ...]] = {("status", answer.status), ("notice", answer.notice), ("refusal", answer.refusal)}
    for part in answer.parts:
        found |= {("searched", part.kind, part.searched, part.found), *of(part.kind, part.blocks)}
    for conflict in answer.conflicts:
        found |= {("conflict", conflict.kind, conflict.subject, *words(side.claim)) for side in conflict.sides}
    return found


def losses(answerer: Answerer, question: str, history: tuple[str, ...] = ()) -> list[str]:
    """Return which audiences are told less, or otherwise, than another is."""
    answers = {audience: answerer.ask(question, history, audience=audience) for audience in Audience}
    return [
        f"{question}: {one} is not told all that {other} is"
        for one, answer in answers.items()
        for other, their in answers.items()
        if not told(their) <= told(answer)
        or (answer.parts, answer.conflicts) != (their.parts, their.conflicts)
        or answer.citations[: len(their.citations)] != their.citations[: len(answer.citations)]
    ]


@pytest.mark.parametrize("question", PLAIN_QUESTIONS)
def test_no_audience_is_told_less_than_another(plain_answerer: Answerer, question: str) -> None:
    assert losses(plain_answerer, question) == []


def test_nor_over_questions_on_every_label_of_the_starter_corpus(starter: Answerer) -> None:
    snapshot = starter.library().snapshot
    drugs = sorted({document.drugs[0] for _, document in snapshot.documents(SourceKind.LABEL)})
    assert len(drugs) == 10
    assert [loss for drug in drugs for one in TEMPLATES for loss in losses(starter, one.format(drug))] == []


@pytest.mark.shared
def test_nor_over_the_questions_kept_for_development(starter: Answerer, shared: Path) -> None:
    gold = json.loads((shared / "facts/gold/followups.json").read_text(encoding="utf-8"))
    asked = [(one["question"], ()) for one in (*gold["single"], *gold["unanswerable"])]
    for dialogue in gold["dialogues"]:
        users = [turn["user"] for turn in dialogue["turns"]]
        asked += [(user, tuple(users[:at])) for at, user in enumerate(users)]
    assert len(asked) >= 30
    assert [loss for question, history in asked for loss in losses(starter, question, history)] == []


def test_a_claim_that_one_audience_is_not_told_is_seen(plain_answerer: Answerer) -> None:
    class Forgetful(Answerer):
        def ask(
            self,
            question: str,
            history: Sequence[str] = (),
            *,
            audience: str = "clinician",
            without: Sequence[str] = (),
        ) -> Answer:
            answer = plain_answerer.ask(question, audience=audience)
            if audience != Audience.STUDENT:
                return answer
            parts = [replace(part, blocks=part.blocks[:-1]) if part.kind == "label" else part for part in answer.parts]
            return replace(answer, parts=tuple(parts))

    found = losses(Forgetful.__new__(Forgetful), "What are the contraindications of zelomab?")
    assert found and all("student" in loss for loss in found)


def test_only_a_patient_is_given_more(plain_answerer: Answerer) -> None:
    answers = {audience: plain_answerer.ask(PLAIN_QUESTIONS[0], audience=audience) for audience in Audience}
    assert [audience for audience, answer in answers.items() if answer.plain] == [Audience.PATIENT]
    assert len({answer.hash for audience, answer in answers.items() if audience is not Audience.PATIENT}) == 1
    assert answers[Audience.PATIENT].hash != answers[Audience.CLINICIAN].hash


def test_an_audience_that_there_is_not_is_refused(plain_answerer: Answerer) -> None:
    with pytest.raises(
        BadQuestion, match="'cat', expected one of: clinician, pharmacist, student, patient, researcher"
    ):
        plain_answerer.ask(PLAIN_QUESTIONS[0], audience="cat")
    assert audience_of("patient") is Audience.PATIENT


def test_the_api_and_the_page_name_the_same_audiences() -> None:
    assert get_args(AudienceName) == tuple(Audience)
    assert list(OFFERED) == [Audience.CLINICIAN, Audience.PHARMACIST, Audience.STUDENT, Audience.PATIENT]
    assert [a for a in Audience if wants_plain(a)] == [Audience.PATIENT]
    assert [a for a in Audience if wants_glossary(a)] == [Audience.STUDENT, Audience.PATIENT]
