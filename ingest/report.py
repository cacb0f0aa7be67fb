"""What an ingest did: each file with what became of its documents, or why it was skipped."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.text import Text

from corpus.records import Added, Outcome

MAX_SHOWN = 200
PLURAL = {
    Outcome.NEW: "new",
    Outcome.NEW_VERSION: "new versions",
    Outcome.OLDER_VERSION: "older versions",
    Outcome.NEW_STATE: "new states",
    Outcome.UNCHANGED: "unchanged",
}


@dataclass(frozen=True, slots=True)
class Line:
    """One file of the report: the outcomes of its documents, what to know of them, why it or one was skipped."""

    name: str
    outcomes: Mapping[Outcome, int] = field(default_factory=dict)
    notes: tuple[str, ...] = ()
    skipped: str = ""

    @classmethod
    def of(cls, name: str, added: list[Added], skipped: str = "") -> "Line":
        """Return the line of a file whose documents were added."""
        notes = tuple(f"{one.document_id}: {one.note}" for one in added if one.note)
        return cls(name, Counter(one.outcome for one in added), notes, skipped)


@dataclass(slots=True)
class Report:
    """The lines of an ingest in the order of reading.

    `resplit` counts documents split anew for the encoder, `flagged` the kept answers that were found to
    stand no longer on what they cite.
    """

    lines: list[Line] = field(default_factory=list)
    resplit: int = 0
    snapshot: str = ""
    unpublished: str = ""
    flagged: int = 0
    seconds: float = 0.0

    @property
    def outcomes(self) -> Counter[Outcome]:
        """Return how many documents had each outcome."""
        return sum((Counter(line.outcomes) for line in self.lines), Counter())

    @property
    def skipped(self) -> list[Line]:
        """Return the lines of files that were skipped, wholly or in part."""
        return [line for line in self.lines if line.skipped]

    @property
    def read(self) -> int:
        """Return how many files gave at least one document."""
        return sum(1 for line in self.lines if line.outcomes)

    def as_json(self) -> dict[str, Any]:
        """Return the report as JSON-ready values."""
        return {
            "files": {"read": self.read, "skipped": len(self.skipped)},
            "documents": {outcome.value: self.outcomes[outcome] for outcome in Outcome},
            "resplit": self.resplit,
            "snapshot": self.snapshot,
            "unpublished": self.unpublished,
            "answers_flagged": self.flagged,
            "seconds": round(self.seconds, 3),
            "lines": [
                {
                    "file": line.name,
                    "documents": {outcome.value: n for outcome, n in line.outcomes.items()},
                    "notes": list(line.notes),
                    "skipped": line.skipped,
                }
                for line in self.lines
            ],
        }

    def show(self, console: Console) -> None:
        """Print the files that need a word, at most MAX_SHOWN of them, then the sums."""
        console.print(Group(*self._parts()))

    def _parts(self) -> list[RenderableType]:
        parts: list[RenderableType] = []
        notes = [(line.name, note) for line in self.lines for note in line.notes]
        if notes:
            parts.extend(_list("What to know", notes))
        if self.skipped:
            parts.extend(_list("Skipped", [(line.name, line.skipped) for line in self.skipped]))
        counted = [f"{self.outcomes[outcome]:,} {word}" for outcome, word in PLURAL.items() if self.outcomes[outcome]]
        parts.append(Text(f"{self.read:,} files read, {len(self.skipped):,} skipped, in {self.seconds:.1f} s", "bold"))
        parts.append(Text(f"documents: {', '.join(counted) or 'none'}"))
        if self.resplit:
            parts.append(Text(f"{self.resplit:,} documents were split anew for this encoder"))
        if self.snapshot:
            parts.append(Text(f"snapshot {self.snapshot} is published"))
        if self.unpublished:
            parts.append(Text(f"no new snapshot: {self.unpublished}", "bold red"))
        if self.flagged:
            parts.append(Text(f"answers flagged: {self.flagged:,}: `curbside corpus stale` says why", "bold"))
        return parts


def _list(title: str, rows: list[tuple[str, str]]) -> Iterator[RenderableType]:
    """Yield a file's name a line, and under it, set in, what is to be said of it."""
    yield Text(title, "bold")
    for name, words in rows[:MAX_SHOWN]:
        yield Padding(Text(name, overflow="fold"), (0, 0, 0, 2))
        yield Padding(Text(words, "dim", overflow="fold"), (0, 0, 0, 6))
    if len(rows) > MAX_SHOWN:
        yield Padding(Text(f"… and {len(rows) - MAX_SHOWN:,} more: --json names them all"), (0, 0, 0, 2))
    yield Text()
