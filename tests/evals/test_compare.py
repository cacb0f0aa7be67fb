"""Comparison: a regression beyond its interval is named, chance is not, and each question that fell is listed."""

from collections.abc import Mapping
from dataclasses import replace

import pytest

from evals.compare import Change, Comparison, compare, comparison_text
from evals.gold.base import GoldQuestion
from evals.measures.base import Figure, Measure, Share
from evals.outcome import Outcome
from evals.report import Fallen, Report, Value
from evals.reporting import SetRun, build_report, measure_set
from tests.evals.made_report import gold, report


class Scored:
    """A measure that reads its figures from the outcome: `score` is the number of documents found, higher or lower."""

    def __init__(self, *names: str) -> None:
        self.names = names

    @property
    def figures(self) -> tuple[Figure, ...]:
        return tuple(
            Figure(name, "documents found", better="lower" if name == "harm" else "higher") for name in self.names
        )

    def shares(self, question: GoldQuestion, outcome: Outcome) -> Mapping[str, Share]:
        return {name: Share(0 if outcome.error else len(outcome.run)) for name in self.names}


def scored(scores: list[int], *names: str, code: str = "one", **changes: str) -> Report:
    held = replace(gold(len(scores)), **changes)  # type: ignore[arg-type]
    found = [Outcome(f"q{n}", run=tuple(f"pmid:{k}" for k in range(score))) for n, score in enumerate(scores)]
    measures: dict[str, Measure] = {"scored": Scored(*(names or ("gain",)))}
    run = SetRun(measure_set(held, found, measures, sabotage=False))
    return build_report([run], command="c", seconds=1, fingerprints={"code": code}, created=f"at {code}")


def only(comparison: Comparison) -> Change:
    (change,) = comparison.changes
    return change


def test_a_fall_of_every_question_is_a_regression_and_a_rise_none() -> None:
    high, low = scored([3] * 10), scored([2] * 10)
    fell, rose = only(compare(high, low)), only(compare(low, high))
    assert (fell.by.value, fell.by.low, fell.by.high, fell.by.n) == (-1, -1, -1, 10)
    assert (fell.regressed, fell.improved) == (True, False)
    assert (rose.regressed, rose.improved) == (False, True)


def test_where_less_is_better_a_rise_is_the_regression() -> None:
    high, low = scored([3] * 10, "harm"), scored([2] * 10, "harm")
    assert only(compare(low, high)).regressed
    assert only(compare(high, low)).improved


def test_a_fall_within_its_interval_is_no_regression_and_its_question_is_listed_all_the_same() -> None:
    found = compare(scored([1, 1, 1, 1, 0, 1]), scored([1, 1, 1, 0, 1, 1]))
    assert found.regressed == ()
    (worse,) = found.worse
    assert (worse.after.id, worse.by) == ("q3", ("scored gain: 1 → 0",))
    assert (worse.before.got.documents, worse.after.got.documents) == (("pmid:0",), ())


def test_a_report_compared_with_itself_shows_nothing() -> None:
    found = compare(report(), report())
    assert (found.regressed, found.worse, found.said) == ((), (), ())
    assert all(change.by.value == 0 for change in found.changes)
    assert "no figure changed by more than its interval" in comparison_text(found)


def test_a_real_regression_is_named_with_its_questions_and_their_evidence() -> None:
    found = compare(report(right=11), report(right=6))
    assert ("made", "retrieval", "Hit@1") in {(one.gold_set, one.measure, one.name) for one in found.regressed}
    assert [one.after.id for one in found.worse] == [f"q{n}" for n in range(6, 11)]
    text = comparison_text(found, most=1)
    assert "REGRESSED made, retrieval Hit@1: 0.917 → 0.500, by -0.417" in text
    assert "made q6: Question 6\n" in text
    assert "before: answered, pmid:6, pmid:x, “Take 16 mg.”" in text
    assert "now:    refused, pmid:none, pmid:x" in text
    assert "… and 4 more" in text


def test_what_has_become_void_or_is_no_longer_measured_is_a_regression() -> None:
    both, one = scored([1] * 6, "gain", "kept"), scored([1] * 6, "kept")
    lost = [change for change in compare(both, one).changes if change.regressed]
    assert [(change.name, change.lost) for change in lost] == [("gain", "it is measured no more")]
    (was,) = one.sets
    fell = {"under": {"passages swapped": Fallen(value=0.0, fell=True)}}
    tried = was.model_copy(update={"figures": tuple(f.model_copy(update=fell) for f in was.figures)})
    void = was.model_copy(update={"figures": tuple(f.model_copy(update={"void": True}) for f in was.figures)})
    before, after = (one.model_copy(update={"sets": (held,)}) for held in (tried, void))
    assert only(compare(before, after)).lost == "it is void"
    assert only(compare(one, after)).lost == ""  # no sabotage was tried before: it may have been void all along


def test_a_figure_that_falls_so_low_that_sabotage_changes_nothing_more_is_a_regression_with_its_questions() -> None:
    found = compare(report(right=11), report(right=1))
    (hit,) = (one for one in found.changes if (one.gold_set, one.name) == ("made", "Hit@1"))
    assert hit.lost.startswith("it is void: did not get worse")
    assert hit.regressed
    assert [one.after.id for one in found.worse] == [f"q{n}" for n in range(1, 11)]


def test_what_was_void_before_is_not_compared() -> None:
    assert ("blind", "always") not in {(one.measure, one.name) for one in compare(report(), report()).changes}


def test_other_fingerprints_sets_and_questions_are_said() -> None:
    more = compare(scored([1, 1], code="one"), scored([1, 1, 1], code="two"))
    assert more.said[0] == "the run: another code, one before and two now"
    assert more.said[1].startswith("made: another gold set, ")
    assert more.said[2] == "made: not compared, because they are not the same in the earlier report: 1 questions"
    other = compare(scored([1], name="old"), scored([1], name="new"))
    assert other.said == ("old: only in the earlier report", "new: only in the later report")


def test_a_question_whose_text_changed_is_another_question() -> None:
    before, after = scored([1, 1]), scored([1, 0])
    (held,) = after.sets
    changed = held.questions[1].model_copy(update={"text": "Something else?"})
    after = after.model_copy(update={"sets": (held.model_copy(update={"questions": (held.questions[0], changed)}),)})
    found = compare(before, after)
    assert (only(found).by.n, found.worse) == (1, ())


def test_a_question_that_failed_is_worse_by_that_alone() -> None:
    before = scored([0, 1])
    (held,) = before.sets
    failed = held.questions[0].model_copy(update={"error": "timed out"})
    after = before.model_copy(update={"sets": (held.model_copy(update={"questions": (failed, held.questions[1])}),)})
    assert [one.by for one in compare(before, after).worse] == [("failed: timed out",)]


@pytest.mark.parametrize(("low", "high", "regressed"), [(-0.2, -0.01, True), (-0.2, 0.0, False), (-0.2, 0.1, False)])
def test_an_interval_that_touches_nought_is_no_regression(low: float, high: float, regressed: bool) -> None:
    same = Value(n=9, value=0.5)
    change = Change("s", "m", "f", "higher", same, same, Value(n=9, value=-0.1, low=low, high=high))
    assert change.regressed is regressed
