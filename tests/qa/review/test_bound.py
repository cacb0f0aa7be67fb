from collections.abc import Callable
from dataclasses import replace

import pytest

from corpus.document import Integrity
from corpus.reviews import CitedNow
from qa.answer import Answer, Block, Conflict, ConflictKind, ConflictSide, Plain, Refusal
from qa.review.bound import bound

CITED = (CitedNow(1, "spl:one@1", "s", 0, 4, "Take", Integrity.CURRENT),)
Change = Callable[[Answer], Answer]


def in_first_claim(**fields: object) -> Change:
    """Return a change of the first claim of the label's part."""

    def change(answer: Answer) -> Answer:
        part = answer.parts[1]
        block = part.blocks[0]
        claims = (replace(block.claims[0], **fields), *block.claims[1:])  # type: ignore[arg-type]
        parts = (
            answer.parts[0],
            replace(part, blocks=(replace(block, claims=claims), *part.blocks[1:])),
            *answer.parts[2:],
        )
        return replace(answer, parts=parts)

    return change


def in_first_citation(**fields: object) -> Change:
    def change(answer: Answer) -> Answer:
        first = replace(answer.citations[0], **fields)  # type: ignore[arg-type]
        return replace(answer, citations=(first, *answer.citations[1:]))

    return change


def of(**fields: object) -> Change:
    return lambda answer: replace(answer, **fields)  # type: ignore[arg-type]


def disagreeing(answer: Answer) -> Answer:
    side = ConflictSide(answer.claims()[0], "Somebody", "2024", "")
    return replace(answer, conflicts=(Conflict(ConflictKind.STRENGTH, "examplumab", (side, side)),))


def without_its_last_claim(answer: Answer) -> Answer:
    part = answer.parts[1]
    block = part.blocks[-1]
    return replace(
        answer,
        parts=(
            answer.parts[0],
            replace(part, blocks=(*part.blocks[:-1], Block(block.heading, block.claims[:-1]))),
            *answer.parts[2:],
        ),
    )


@pytest.mark.parametrize(
    "change",
    [
        in_first_claim(text="Examplumab may raise the risk of strokes."),
        in_first_claim(context="Somebody"),
        in_first_claim(citations=(1, 2)),
        in_first_claim(quoted=(2,)),
        in_first_citation(start=1),
        in_first_citation(end=10**6),
        in_first_citation(quote="Examplumab"),
        in_first_citation(version="label:examplumab@0000000000000000"),
        in_first_citation(integrity=Integrity.RETRACTED),
        of(notice="Read this first."),
        of(question="Other?"),
        of(standalone="Other?"),
        of(audience="patient"),
        of(refusal=Refusal("no", (), ())),
        of(plain=Plain("Searched.", 0, ())),
        disagreeing,
        without_its_last_claim,
        lambda answer: replace(answer, parts=answer.parts[::-1]),
    ],
)
def test_whatever_a_reader_sees_is_bound(answer: Answer, change: Change) -> None:
    changed = change(answer)
    assert changed != answer and bound(changed, CITED).hash != bound(answer, CITED).hash


@pytest.mark.parametrize(
    "change",
    [
        of(id="other"),
        of(created="2020-01-01T00:00:00+00:00"),
        of(timing_ms={}),
        of(confidence=0.5),
        of(snapshot="other"),
    ],
)
def test_what_no_reader_goes_by_is_not_bound(answer: Answer, change: Change) -> None:
    changed = change(answer)
    assert changed != answer and bound(changed, CITED).hash == bound(answer, CITED).hash


@pytest.mark.parametrize(
    "other",
    [{"characters": "take"}, {"start": 1}, {"end": 5}, {"document_id": "spl:one@2"}, {"section_id": "t"}, {"n": 2}],
)
def test_the_stored_characters_themselves_are_bound(answer: Answer, other: dict[str, object]) -> None:
    changed = (replace(CITED[0], **other),)  # type: ignore[arg-type]
    assert bound(answer, changed).hash != bound(answer, CITED).hash
    assert bound(answer, ()).hash != bound(answer, CITED).hash


def test_one_other_character_of_the_disclaimer_is_another_hash_and_it_is_named(answer: Answer) -> None:
    before, now = bound(answer, CITED, "Ask a doctor."), bound(answer, CITED, "Ask a doctor!")
    assert before.hash != now.hash
    was = {name: getattr(before, name) for name in before.__slots__}
    assert now.changes_since(was) == ["the disclaimer changed"] and now.changes_since({}) != []


def test_the_kept_hash_of_an_answer_is_not_believed(answer: Answer) -> None:
    changed = replace(in_first_claim(text="Anything.")(answer), hash=answer.hash)
    assert bound(changed, CITED).hash != bound(answer, CITED).hash
