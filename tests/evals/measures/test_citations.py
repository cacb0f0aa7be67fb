"""Citations as they are counted: in the snapshot, word for word, needed, and enough."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from evals.gold.base import GoldQuestion
from evals.measures.base import Share
from evals.measures.citations import EXACT, MEASURE, PRECISION, RECALL, RESOLVABLE, Citations
from evals.outcome import Outcome
from evals.sabotage import SABOTAGES
from index.encoders.minilm_onnx import MiniLmOnnx
from index.encoders.models import model_folder
from qa.answer import Answer, Claim, Support
from qa.answerer import Answerer
from tests.made_answers import answer, citation
from tests.qa.small_library import BagEncoder, build

QUESTION = GoldQuestion("q1", "What are the side effects?")
SAID = "It may raise the risk of stroke."
SAME = "The risk of stroke may be raised by it."
OTHER = "Store it in the refrigerator."


@pytest.fixture(scope="module")
def measure(model_home: Path) -> Citations:
    return MEASURE.prepared(MiniLmOnnx(model_folder(model_home)), None)


@pytest.fixture(scope="module")
def answerer(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Answerer]:
    yield Answerer(build(tmp_path_factory.mktemp("library") / "home"), encoder=BagEncoder())


def cited(text: str, *quotes: str) -> Answer:
    """Return an answer of one claim that cites these quotes."""
    numbers = tuple(range(1, len(quotes) + 1))
    citations = tuple(citation(n, f"label {n}", quote) for n, quote in zip(numbers, quotes, strict=True))
    return answer(QUESTION.text, (text, numbers), citations=citations)


@pytest.mark.parametrize(
    ("text", "quotes", "precision", "recall"),
    [
        (SAID, (SAID,), (1, 1), (1, 1)),
        (SAID, (SAID, SAME), (2, 2), (1, 1)),  # the second says the same
        (SAID, (SAID, OTHER), (1, 2), (1, 1)),  # the second says something else, and is not needed
        (f"{SAID} {OTHER}", (SAID, OTHER), (2, 2), (2, 2)),  # each is needed
        (f"{SAID} {OTHER}", (SAID,), (0, 1), (1, 2)),  # a claim that is not supported as a whole has no right citation
        (SAID, (OTHER,), (0, 1), (0, 1)),
        ("It raised the rate to 12%.", ("It raised the rate to 13%.",), (0, 1), (0, 1)),
    ],
)
def test_support_follows_alce(
    measure: Citations, text: str, quotes: tuple[str, ...], precision: tuple[int, int], recall: tuple[int, int]
) -> None:
    shares = measure.shares(QUESTION, Outcome("q1", answer=cited(text, *quotes)))
    assert shares == {PRECISION: Share(*precision), RECALL: Share(*recall)}


def test_a_citation_that_is_not_there_supports_nothing(measure: Citations) -> None:
    made = answer(QUESTION.text, (SAID, (1, 2)), citations=(citation(1, "label", SAID),))
    assert measure.shares(QUESTION, Outcome("q1", answer=made))[PRECISION] == Share(1, 2)


def test_a_refusal_adds_nothing_and_a_failure_counts_as_wrong(measure: Citations) -> None:
    assert measure.shares(QUESTION, Outcome("q1", answer=answer(QUESTION.text))) == {}
    assert measure.shares(QUESTION, Outcome("q1", error="it broke")) == {PRECISION: Share(0), RECALL: Share(0)}


def test_a_real_answer_is_exact_and_its_spoilt_citations_are_not(answerer: Answerer) -> None:
    measure = MEASURE.prepared(BagEncoder(), answerer.library().snapshot)
    good = Outcome("q1", answer=answerer.ask("What are the side effects of zelomab?"))
    assert good.answer is not None
    n = len(good.answer.citations)
    assert n > 1
    shares = measure.shares(QUESTION, good)
    assert (shares[RESOLVABLE], shares[EXACT]) == (Share(n, n), Share(n, n))
    assert shares[RECALL].value == shares[RECALL].of > 0
    quotes = tuple(replace(one, quote=one.quote.swapcase()) for one in good.answer.citations)
    spoilt = replace(good, answer=replace(good.answer, citations=quotes))
    assert measure.shares(QUESTION, spoilt)[EXACT] == Share(0, n)
    gone = tuple(replace(one, passage="none such") for one in good.answer.citations)
    lost = measure.shares(QUESTION, replace(good, answer=replace(good.answer, citations=gone)))
    assert (lost[RESOLVABLE], lost[EXACT]) == (Share(0, n), Share(0, n))


def test_a_claim_is_not_supported_by_what_another_one_cites(measure: Citations) -> None:
    made = cited(SAID, SAID, OTHER)
    claims = (Claim(SAID, (2,), (2,), Support.VERBATIM), Claim(OTHER, (1,), (1,), Support.VERBATIM))
    block = replace(made.parts[0].blocks[0], claims=claims)
    swapped = replace(made, parts=(replace(made.parts[0], blocks=(block,)),))
    assert measure.shares(QUESTION, Outcome("q1", answer=swapped)) == {PRECISION: Share(0, 2), RECALL: Share(0, 2)}


def test_every_sabotage_that_must_spoil_a_figure_is_one_that_there_is() -> None:
    assert {kind for figure in MEASURE.figures for kind in figure.falls_under} <= set(SABOTAGES)
