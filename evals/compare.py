"""Two reports compared question by question: what changed beyond chance, and each question that got worse."""

from collections.abc import Iterator
from dataclasses import dataclass

from evals.estimates import Sampling, difference
from evals.measures.base import Better, Share
from evals.report import FigureResult, Got, QuestionResult, Report, SetResult, Value


@dataclass(frozen=True, slots=True)
class Change:
    """One figure in both reports, over the questions in both. `by` is after − before with its interval.

    `before` and `after` are of all questions of each report. `lost` says why the figure can no longer be trusted, ""
    where it can: it was measured and is void, has no value, or is missing.
    """

    gold_set: str
    measure: str
    name: str
    better: Better
    before: Value
    after: Value
    by: Value
    lost: str = ""

    @property
    def regressed(self) -> bool:
        """Return whether the whole interval lies on the worse side, or the figure was lost."""
        if self.lost:
            return True
        end = self.by.high if self.better == "higher" else self.by.low
        return end is not None and (end < 0 if self.better == "higher" else end > 0)

    @property
    def improved(self) -> bool:
        """Return whether the whole interval lies on the better side."""
        end = self.by.low if self.better == "higher" else self.by.high
        return not self.lost and end is not None and (end > 0 if self.better == "higher" else end < 0)


@dataclass(frozen=True, slots=True)
class Worse:
    """A question that got worse by some figures ("retrieval Hit@1: 1 → 0"), with what it got then and gets now."""

    gold_set: str
    before: QuestionResult
    after: QuestionResult
    by: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Comparison:
    """What lies between two reports. `said` are sentences on what is not the same in them, or in only one."""

    before: str
    after: str
    changes: tuple[Change, ...]
    worse: tuple[Worse, ...]
    said: tuple[str, ...]

    @property
    def regressed(self) -> tuple[Change, ...]:
        """Return the figures that got worse beyond their interval; none is what a release needs."""
        return tuple(one for one in self.changes if one.regressed)


def compare(before: Report, after: Report) -> Comparison:
    """Return the comparison of the later report with the earlier, its intervals by the later one's seed.

    A question is the same where id and text are. A set that was measured before and is missing loses its figures.
    """
    sampling = Sampling(after.seed, after.draws)
    changes: list[Change] = []
    worse: list[Worse] = []
    said = list(_differing("the run", before.fingerprints, after.fingerprints))
    for was in before.sets:
        now = after.gold_set(was.name)
        if now is None:
            said.append(f"{was.name}: only in the earlier report")
            continue
        said += _said(was, now)
        changes += _changes(was, now, sampling)
        worse += _worse(was, now)
    said += [f"{one.name}: only in the later report" for one in after.sets if before.gold_set(one.name) is None]
    return Comparison(before.created, after.created, tuple(changes), tuple(worse), tuple(said))


def _differing(where: str, before: dict[str, str], after: dict[str, str]) -> Iterator[str]:
    for name in sorted(before.keys() | after.keys()):
        was, now = before.get(name, "not recorded"), after.get(name, "not recorded")
        if was != now:
            yield f"{where}: another {name}, {was[:16]} before and {now[:16]} now"


def _said(was: SetResult, now: SetResult) -> Iterator[str]:
    yield from _differing(was.name, was.fingerprints, now.fingerprints)
    both = _both(was, now)
    if left := len(was.questions) - len(both):
        yield f"{was.name}: not compared, because they are not the same in the later report: {left} questions"
    if new := len(now.questions) - len(both):
        yield f"{was.name}: not compared, because they are not the same in the earlier report: {new} questions"
    known = {(one.measure, one.name) for one in was.figures}
    if fresh := [f"{one.measure} {one.name}" for one in now.figures if (one.measure, one.name) not in known]:
        yield f"{was.name}: measured only in the later report: {', '.join(fresh)}"


def _both(was: SetResult, now: SetResult) -> dict[str, tuple[QuestionResult, QuestionResult]]:
    """Return the questions that are in both sets with the same text, by id, in the order of the later one."""
    earlier = {one.id: one for one in was.questions}
    return {
        one.id: (earlier[one.id], one)
        for one in now.questions
        if one.id in earlier and earlier[one.id].text == one.text
    }


def _changes(was: SetResult, now: SetResult, sampling: Sampling) -> Iterator[Change]:
    both = _both(was, now)
    for old in was.figures:
        new = now.figure(old.measure, old.name)
        if old.void or old.value is None:
            continue  # it said nothing before
        yield Change(
            gold_set=was.name,
            measure=old.measure,
            name=old.name,
            better=old.better,
            before=_value(old),
            after=_value(new) if new else Value(n=0, value=None),
            by=difference(_shares(old, both), _shares(new, both), sampling) if new else Value(n=0, value=None),
            lost=_lost(old, new),
        )


def _lost(was: FigureResult, now: FigureResult | None) -> str:
    """Return why the figure is no longer to be trusted; void counts only where sabotage was tried before too."""
    if now is None:
        return "it is measured no more"
    if now.void and was.under:
        return f"it is {now.note}" if now.note.startswith("void") else "it is void"
    return "it has no value" if now.value is None else ""


def _value(of: FigureResult) -> Value:
    return Value(n=of.n, value=of.value, low=of.low, high=of.high)


def _shares(of: FigureResult, both: dict[str, tuple[QuestionResult, QuestionResult]]) -> dict[str, Share]:
    return {key: Share(*pair) for key, pair in of.questions.items() if key in both}


def _worse(was: SetResult, now: SetResult) -> Iterator[Worse]:
    for key, (before, after) in _both(was, now).items():
        by = [line for old in was.figures for line in _fall(key, old, now.figure(old.measure, old.name))]
        if after.error and not before.error:
            by.insert(0, f"failed: {after.error}")
        if by:
            yield Worse(was.name, before, after, tuple(by))


def _fall(key: str, old: FigureResult, new: FigureResult | None) -> Iterator[str]:
    """Yield a line where the question's own share of the figure got worse."""
    if new is None or old.void or key not in old.questions or key not in new.questions:
        return
    (was, was_of), (now, now_of) = old.questions[key], new.questions[key]
    if was_of and now_of:
        change = now / now_of - was / was_of
        if change and (change < 0) == (old.better == "higher"):
            yield f"{old.measure} {old.name}: {was / was_of:.3g} → {now / now_of:.3g}"


def comparison_text(found: Comparison, *, most: int = 20) -> str:
    """Return the comparison as lines for a terminal: what differs, figures, the first `most` questions that fell."""
    lines = [f"Compared with the report of {found.before}:", *(f"  {one}" for one in found.said)]
    for change in found.changes:
        if change.regressed or change.improved:
            word = "REGRESSED" if change.regressed else "improved"
            lines.append(f"  {word:9} {change.gold_set}, {change.measure} {change.name}: {_shown(change)}")
    if not any(one.regressed or one.improved for one in found.changes):
        lines.append("  no figure changed by more than its interval")
    lines += [f"{len(found.worse)} questions got worse:"] if found.worse else ["No question got worse."]
    for worse in found.worse[:most]:
        lines.append(f"  {worse.gold_set} {worse.after.id}: {worse.after.text}")
        lines += [f"    {line}" for line in worse.by]
        lines += [f"    before: {_evidence(worse.before.got)}", f"    now:    {_evidence(worse.after.got)}"]
    if len(found.worse) > most:
        lines.append(f"  … and {len(found.worse) - most} more: the report lists all")
    return "\n".join(lines) + "\n"


def _shown(change: Change) -> str:
    by, was, now = change.by, change.before.value, change.after.value
    if was is None or now is None or by.value is None or by.low is None or by.high is None:
        return change.lost
    said = f"{was:.3f} → {now:.3f}, by {by.value:+.3f} ({by.low:+.3f} to {by.high:+.3f}, n {by.n})"
    return f"{said}; {change.lost}" if change.lost else said


def _evidence(got: Got) -> str:
    parts = [got.status, *got.documents[:3], *(f"“{claim.text}”" for claim in got.claims[:1])]
    return ", ".join(one for one in parts if one) or "nothing"
