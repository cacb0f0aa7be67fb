"""What was flagged of what had to be: by kind of change, over all citations, and over all answers."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from bench.stale_changes import KINDS, Seeded
from bench.stale_edit import Span
from evals.intervals import wilson

UNCHANGED = "not changed"


@dataclass(frozen=True, slots=True)
class Cited:
    """A citation of a kept answer."""

    answer_id: str
    n: int
    document_id: str
    span: Span


@dataclass(frozen=True, slots=True)
class Judged:
    """What came of one kind of change: citations and answers that had to be flagged or not, and those that were."""

    kind: str
    changes: int
    must: int
    must_flagged: int
    other: int
    other_flagged: int


def judge(cited: Sequence[Cited], changes: Sequence[Seeded], flagged: set[tuple[str, int]]) -> list[Judged]:
    """Return what was flagged of what had to be, by kind of change, then over all citations, then over all answers."""
    by_version = {change.before.id: change for change in changes}
    rows: dict[str, list[tuple[bool, bool]]] = {kind: [] for kind in (*KINDS, UNCHANGED)}
    answers: dict[str, list[tuple[bool, bool]]] = defaultdict(list)
    for citation in cited:
        change = by_version.get(citation.document_id)
        one = change is not None and citation.span in change.touched, (citation.answer_id, citation.n) in flagged
        rows[change.kind if change else UNCHANGED].append(one)
        answers[citation.answer_id].append(one)
    counts = {kind: sum(change.kind == kind for change in changes) for kind in rows}
    found = [_judged(kind, counts[kind], row) for kind, row in rows.items()]
    found.append(_judged("all citations", len(changes), [one for row in rows.values() for one in row]))
    whole = [(any(must for must, _ in row), any(done for _, done in row)) for row in answers.values()]
    return [*found, _judged("all answers", len(changes), whole)]


def summed(rows: Sequence[Judged]) -> Judged:
    names = ("changes", "must", "must_flagged", "other", "other_flagged")
    return Judged(rows[0].kind, *(sum(getattr(row, name) for row in rows) for name in names))


def _judged(kind: str, changes: int, row: Sequence[tuple[bool, bool]]) -> Judged:
    must = [done for due, done in row if due]
    other = [done for due, done in row if not due]
    return Judged(kind, changes, len(must), sum(must), len(other), sum(other))


def row_of(row: Judged) -> tuple[object, ...]:
    return row.kind, row.changes, *_share(row.must, row.must_flagged), *_share(row.other, row.other_flagged)


def _share(n: int, flagged: int) -> tuple[str, str]:
    return f"{n:,}", wilson(flagged, n).show(2, percent=True) if n else "none"
