"""Sabotage: what is spoilt, what stays, and that something always changes where something can."""

from collections import Counter

import pytest

from evals.measures.base import Sabotage
from evals.outcome import FoundPassage, Outcome
from evals.sabotage import SABOTAGES, alter_numbers, sabotaged, shuffle_citations, swap_passages
from qa.answer import Answer
from tests.made_answers import answer, citation, one_claim

TWO_CLAIMS = answer(
    "q",
    ("It lowers risk by 12 %.", (1,)),
    ("Stop at once.", (2,)),
    citations=(citation(1, "spl:a", "It lowers risk by 12 %."), citation(2, "spl:a", "Stop at once.", start=40)),
)


def cited(found: Answer | None) -> list[tuple[str, list[str]]]:
    """Return each claim with the quotes that it cites."""
    assert found is not None
    quotes = {one.n: one.quote for one in found.citations}
    return [(claim.text, [quotes[n] for n in claim.citations]) for claim in found.claims()]


def stands_at(found: Answer | None) -> list[tuple[str, str, int, int]]:
    assert found is not None
    return [(one.quote, one.document, one.start, one.end) for one in found.citations]


def test_claims_of_one_answer_exchange_what_they_cite_and_places_come_from_another() -> None:
    other = Outcome("q2", answer=one_claim("q2", "spl:b", "Keep it dry."))
    first, _ = shuffle_citations([Outcome("q1", answer=TWO_CLAIMS), other])
    assert cited(first.answer) == [
        ("It lowers risk by 12 %.", ["Stop at once."]),
        ("Stop at once.", ["It lowers risk by 12 %."]),
    ]
    assert stands_at(first.answer) == [("It lowers risk by 12 %.", "spl:b", 0, 12), ("Stop at once.", "spl:b", 0, 12)]


def test_an_answer_of_one_claim_gets_the_words_and_the_place_of_others_which_do_not_fit_together() -> None:
    texts = {"spl:a": "Keep it dry.", "spl:b": "Take it with food.", "spl:c": "Not for children."}
    made = [Outcome(key, answer=one_claim("q", key, text)) for key, text in texts.items()]
    for before, after in zip(made, shuffle_citations(made), strict=True):
        ((text, quotes),) = cited(after.answer)
        ((quote, document, _, _),) = stands_at(after.answer)
        assert text == texts[before.question]
        assert quotes == [quote] != [text]
        assert document != before.question
        assert texts[document] != quote


def test_the_only_answer_there_is_keeps_its_words_and_loses_their_place() -> None:
    (found,) = shuffle_citations([Outcome("q", answer=one_claim("q", "spl:a", "Keep it dry."))])
    assert stands_at(found.answer) == [("Keep it dry.", "spl:a", 1, 13)]


def passage(key: str) -> FoundPassage:
    return FoundPassage(key, f"{key}#1", "", "", "", 1.0)


def test_all_that_was_found_goes_to_another_question_in_a_circle() -> None:
    made = [
        Outcome(
            question,
            run=(f"pmid:{question}",),
            passages=(passage(f"pmid:{question}"),),
            runs={"raw": (f"pmid:{question}",)},
            chosen={f"pmid:{question}": (1,)},
            answer=one_claim(question, f"pmid:{question}", f"Said of {question}."),
            ms=float(question),
        )
        for question in "1234"
    ]
    swapped = swap_passages(made)
    for before, after in zip(made, swapped, strict=True):
        (key,) = after.run
        assert (after.question, after.ms) == (before.question, before.ms)
        assert key != before.run[0]
        assert (after.passages[0].document, after.runs["raw"], tuple(after.chosen)) == (key, (key,), (key,))
        assert after.answer is not None
        assert after.answer.question == before.question
        assert cited(after.answer)[0][0] == f"Said of {key.removeprefix('pmid:')}."
    assert Counter(one.run for one in swapped) == Counter(one.run for one in made)


def test_a_question_that_found_the_same_as_the_one_before_it_takes_another_s() -> None:
    made = [Outcome("1", run=("pmid:1",)), Outcome("2", run=("pmid:1",)), Outcome("3", run=("pmid:3",))]
    assert [one.run for one in swap_passages(made)][:2] == [("pmid:3",), ("pmid:3",)]


def test_numbers_change_in_claims_and_otherwise_in_quotes_and_nothing_else_does() -> None:
    text = "Take 10 mg for two weeks; 9.5 % of 2,000 stopped."
    (found,) = alter_numbers([Outcome("q", answer=one_claim("q", "spl:a", text))])
    ((claim, (quote,)),) = cited(found.answer)
    assert claim == "Take 21 mg for three weeks; 2.6 % of 3,111 stopped."
    assert quote == "Take 65 mg for five weeks; 6.1 % of 7,555 stopped."
    assert found.answer is not None
    assert found.answer.citations[0].document == "spl:a"


@pytest.mark.parametrize("digit", "0123456789")
def test_no_digit_stays_and_a_claim_and_its_quote_never_agree(digit: str) -> None:
    (found,) = alter_numbers([Outcome("q", answer=one_claim("q", "spl:a", f"{digit} mg"))])
    ((claim, (quote,)),) = cited(found.answer)
    assert len({f"{digit} mg", claim, quote}) == 3
    assert "0 mg" not in (claim, quote)


@pytest.mark.parametrize("name", SABOTAGES)
def test_every_sabotage_changes_something_the_same_way_each_time_and_leaves_failures_and_the_originals(
    name: Sabotage,
) -> None:
    failed = Outcome("q0", answer=one_claim("q0", "spl:z", "5 mg"), error="timed out")
    made = [failed, Outcome("q1", answer=TWO_CLAIMS), Outcome("q2", answer=one_claim("q2", "spl:b", "Keep 3 dry."))]
    kept = list(made)
    found = sabotaged(name, made)
    assert found == sabotaged(name, made)
    assert made == kept
    assert [one.question for one in found] == ["q0", "q1", "q2"]
    assert found[0] == failed
    assert all(after != before for after, before in zip(found[1:], made[1:], strict=True))


@pytest.mark.parametrize("name", SABOTAGES)
def test_where_there_is_nothing_to_spoil_nothing_changes(name: Sabotage) -> None:
    made = [Outcome("q1", answer=answer("q1"))]
    assert sabotaged(name, made) == made
    assert sabotaged(name, []) == []
