"""Report and reporting: what is counted, what is void, and that the JSON comes back the same or is refused."""

import json
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pytest

from corpus.errors import BadInput
from evals.gold.base import GoldQuestion
from evals.measures.base import Figure, Share
from evals.measures.retrieval import MEASURE
from evals.outcome import Outcome
from evals.report import FigureResult, Report, SetResult, read_report, to_json
from evals.reporting import NOT_ASKED, SetRun, build_report, measure_set
from tests.evals.made_report import Blind, gold, outcomes, report
from tests.made_answers import answer, one_claim


@pytest.fixture(scope="module")
def made() -> Report:
    return report()


def figure(of: SetResult, measure: str, name: str) -> FigureResult:
    found = of.figure(measure, name)
    assert found is not None
    return found


def test_nine_of_twelve_found_is_three_quarters_with_an_interval_round_it(made: Report) -> None:
    hit = figure(made.sets[0], "retrieval", "Hit@1")
    assert (hit.n, hit.value) == (12, 0.75)
    assert hit.low is not None
    assert hit.high is not None
    assert 0.4 < hit.low < 0.75 < hit.high <= 1
    assert [(name, one.n) for name, one in hit.by_type.items()] == [("dose", 6), ("harm", 6)]
    assert [one.value for one in hit.by_type.values()] == pytest.approx([4 / 6, 5 / 6])
    assert (made.sets[0].n, made.sets[0].failures) == (12, 1)


def test_a_measure_that_notices_no_sabotage_is_void_and_meets_no_target(made: Report) -> None:
    always = figure(made.sets[0], "blind", "always")
    assert (always.value, always.void, always.met) == (1.0, True, False)
    assert {way: one.value for way, one in always.under.items()} == {"passages swapped": 1.0, "numbers altered": 1.0}
    assert "void" in always.note
    assert "kappa 0.41" in always.note


def test_a_measure_that_falls_is_not_void_and_is_held_against_its_target(made: Report) -> None:
    hit, ndcg = (figure(made.sets[0], "retrieval", name) for name in ("Hit@1", "nDCG@10"))
    assert (hit.under["passages swapped"].value, hit.under["passages swapped"].fell) == (0.0, True)
    assert (hit.void, hit.met) == (False, True)
    assert ndcg.met is False
    assert figure(made.sets[0], "retrieval", "MRR").met is None


def test_a_figure_of_which_less_is_better_meets_its_target_from_below() -> None:
    run = SetRun(measure_set(gold(), outcomes(), {"blind": Blind()}), wanted={"errors": 0.1})
    made = build_report([run], command="c", seconds=1, fingerprints={})
    errors = figure(made.sets[0], "blind", "errors")
    assert errors.value == pytest.approx(1 / 12)
    assert errors.met is True


def test_a_question_without_an_outcome_counts_as_failed() -> None:
    measured = measure_set(gold(4), outcomes(12)[:2], {"retrieval": MEASURE})
    assert [one.error for one in measured.outcomes] == ["", "", NOT_ASKED, NOT_ASKED]
    assert [share.value for share in measured.shares["retrieval"]["Hit@1"].values()] == [1, 1, 0, 0]


def test_without_sabotage_nothing_is_void_because_nothing_was_tried() -> None:
    run = SetRun(measure_set(gold(), outcomes(), {"blind": Blind()}, sabotage=False))
    made = build_report([run], command="c", seconds=1, fingerprints={})
    assert (figure(made.sets[0], "blind", "always").void, figure(made.sets[0], "blind", "always").under) == (False, {})


def test_a_sabotage_that_had_nothing_to_spoil_voids_nothing() -> None:
    silent = [replace(one, answer=None) for one in outcomes()]
    measured = measure_set(gold(), silent, {"blind": Blind()})
    assert set(measured.spoilt) == {"passages swapped"}


class Talkative(Blind):
    figures = ()


def test_a_share_of_a_figure_that_the_measure_does_not_name_is_an_error() -> None:
    with pytest.raises(ValueError, match="talkative measured always, errors"):
        measure_set(gold(), outcomes(), {"talkative": Talkative()})


def test_times_are_those_of_every_question_that_was_timed(made: Report) -> None:
    """Eleven of 10, 20, … 110 ms and one of 900: the median lies between 60 and 70, 12 in 1.56 s."""
    timed = made.sets[0].latency
    assert timed is not None
    assert (timed.p50.n, timed.p50.value, timed.resident_mib) == (12, 65.0, 512.0)
    assert timed.per_second == pytest.approx(12 / 1.56)
    assert made.sets[1].latency is None


def test_each_question_keeps_what_was_wanted_and_what_it_got(made: Report) -> None:
    question = made.sets[0].questions[1]
    assert question.wanted == ("document: pmid:1", "must say: Take 11 mg.")
    assert (question.got.status, question.got.documents) == ("answered", ("pmid:1", "pmid:x"))
    assert question.got.passages == ("pmid:1 2.1 Dosage",)
    assert question.got.claims[0].cited == ("pmid:1, Warnings: “Take 11 mg.”",)
    assert made.sets[0].questions[10].got.reason == "The sources do not say."


def test_the_json_comes_back_as_it_was(made: Report, tmp_path: Path) -> None:
    path = tmp_path / "report.json"
    path.write_text(to_json(made), encoding="utf-8")
    assert read_report(path) == made


def test_the_same_run_gives_the_same_report() -> None:
    assert to_json(report()) == to_json(report())


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"extra": 1}, "extra: Extra inputs are not permitted"),
        ({"format": "curbside.eval/2"}, "format: Input should be 'curbside.eval/1'"),
        ({"seconds": "long"}, "seconds: Input should be a valid number"),
    ],
)
def test_a_file_that_is_no_report_is_refused_by_name(
    change: dict[str, object], said: str, made: Report, tmp_path: Path
) -> None:
    path = tmp_path / "report.json"
    path.write_text(json.dumps(json.loads(to_json(made)) | change), encoding="utf-8")
    with pytest.raises(BadInput) as error:
        read_report(path)
    assert f"no report in the format curbside.eval/1: {said}" in str(error.value)


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match=r"none\.json is not there"):
        read_report(tmp_path / "none.json")


class Refusing:
    """The share of questions that are refused, as a measure of refusals counts them, and one that reads only that."""

    figures = (Figure("refused", "refused, where refusal is right", falls_under=("passages swapped",)),)

    def shares(self, question: GoldQuestion, outcome: Outcome) -> Mapping[str, Share]:
        is_refused = outcome.answer is not None and not outcome.error and outcome.answer.refusal is not None
        return {"refused": Share(is_refused != question.answerable)}


def refused(*answerable: bool) -> FigureResult:
    """Return the figure of a set in which every question was met as it must be, by what each must be."""
    held = replace(
        gold(), questions=tuple(replace(gold().questions[n], answerable=a) for n, a in enumerate(answerable))
    )
    found = [
        Outcome(f"q{n}", answer=one_claim("q", f"k:{n}", "Yes.") if a else answer("q"))
        for n, a in enumerate(answerable)
    ]
    found[0] = replace(found[0], run=("pmid:1",))  # so that outcomes differ, and there is something to exchange
    made = build_report([SetRun(measure_set(held, found, {"m": Refusing()}))], command="c", seconds=1, fingerprints={})
    return figure(made.sets[0], "m", "refused")


def test_a_figure_that_asks_the_same_of_every_question_is_not_tried_by_exchanging_them() -> None:
    alike = refused(*[False] * 8)
    assert (alike.value, alike.void, alike.under) == (1.0, False, {})
    assert alike.note == "not tried by passages swapped: it asks the same of every question here"


def test_the_same_figure_is_tried_where_questions_differ() -> None:
    mixed = refused(*[False, True] * 4)
    assert list(mixed.under) == ["passages swapped"]
    assert (mixed.under["passages swapped"].fell, mixed.void, mixed.note) == (True, False, "")
