"""What a refresh is going to do, and what it did: for a person to read, and as JSON."""

from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from typing import Any

from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from corpus.refreshing import RunState, StandingChange

MOST_SHOWN = 50
MOST_SECTIONS = 6  # of one publication


@dataclass(frozen=True, slots=True)
class Change:
    """A publication of which another version is current now, with a line for each section that is other than before."""

    key: str
    title: str
    was: str
    now: str
    sections: tuple[str, ...] = ()


@dataclass(slots=True)
class SourceReport:
    """One source: what it lists and what became of it. `stopped` says why it was left as it was, "" if it was not.

    Before the run `new`, `changed` and `withdrawn` are what is expected; `changed` are then items to look at again.
    """

    name: str
    listed: int = 0
    new: int = 0
    changed: int = 0
    unchanged: int = 0
    withdrawn: int = 0
    unread: int = 0
    failed: list[str] = field(default_factory=list)
    told: list[str] = field(default_factory=list)
    stopped: str = ""
    requests: int = 0
    repeated: int = 0

    @property
    def moves(self) -> bool:
        """Return whether there is anything to do."""
        return not self.stopped and bool(self.new or self.changed or self.withdrawn)


@dataclass(frozen=True, slots=True)
class FlaggedAnswer:
    """A kept answer that no longer stands on what it cites."""

    answer: str
    citation: int
    reason: str
    key: str
    why: str


@dataclass(slots=True)
class RefreshReport:
    """A whole run."""

    run: str
    collection: str
    resumed: bool = False
    dry: bool = False
    sources: list[SourceReport] = field(default_factory=list)
    changes: list[Change] = field(default_factory=list)
    standings: list[StandingChange] = field(default_factory=list)
    flagged: list[FlaggedAnswer] = field(default_factory=list)
    encoded: int = 0
    snapshot: str = ""
    unpublished: str = ""
    seconds: float = 0.0

    @property
    def state(self) -> RunState:
        """Return how the run ended."""
        stopped = [source for source in self.sources if source.stopped]
        if self.unpublished or (stopped and len(stopped) == len(self.sources)):
            return RunState.FAILED
        return RunState.PARTLY if stopped else RunState.DONE

    def as_json(self) -> dict[str, Any]:
        """Return the report as JSON-ready values."""
        return asdict(self) | {"state": self.state.value, "seconds": round(self.seconds, 3)}

    def show_plan(self, console: Console) -> None:
        """Print what is going to be done: a row a source, and which are stopped."""
        console.print(Group(self._table(planned=True), *_listed("Not as it should be", list(self._wrong()))))

    def show(self, console: Console) -> None:
        """Print it: a row a source, then what to know, then the sums."""
        console.print(Group(*self._parts()))

    def _parts(self) -> list[RenderableType]:
        parts: list[RenderableType] = [self._table(planned=self.dry)]
        parts += _listed("Not as it should be", list(self._wrong()))
        parts += _listed("What the sources tell", [(s.name, line) for s in self.sources for line in s.told])
        if self.dry:
            return [*parts, Text("Nothing was changed: this was a dry run.", "bold")]
        parts += _listed("Changed", [(f"{c.key}  {c.title}", _sections(c)) for c in self.changes])
        parts += _listed("Standing", [(f"{s.key}: {s.was} → {s.became}", s.why) for s in self.standings])
        parts += _listed(
            "Answers that no longer stand",
            [(f"{answer}: {cited}", why) for answer, cited, why in _by_answer(self.flagged)],
        )
        return [*parts, Text("\n".join(self._sums()), "bold")]

    def _wrong(self) -> Iterator[tuple[str, str]]:
        for source in self.sources:
            if source.stopped:
                yield source.name, f"stopped, its old content is kept: {source.stopped}"
            for line in source.failed:
                yield source.name, line
        if self.unpublished:
            yield "snapshot", f"not published, the one before is served: {self.unpublished}"

    def _table(self, *, planned: bool) -> Table:
        expected = "look at" if planned else "changed"
        table = Table(box=None, padding=(0, 2, 0, 0))
        for name in ("source", "listed", "new", expected, "same", "withdrawn", "unread", "failed", "requests"):
            table.add_column(name, justify="left" if name == "source" else "right", no_wrap=True)
        for s in self.sources:
            counts = (s.listed, s.new, s.changed, s.unchanged, s.withdrawn, s.unread, len(s.failed), s.requests)
            table.add_row(s.name, *(f"{n:,}" for n in counts), style="red" if s.stopped else None)
        return table

    def _sums(self) -> Iterator[str]:
        retracted = sum(1 for one in self.standings if one.became == "retracted")
        concern = sum(1 for one in self.standings if one.became == "concern")
        requests = sum(source.requests for source in self.sources)
        answers = len({one.answer for one in self.flagged})
        yield f"{retracted:,} retracted, {concern:,} under concern, {answers:,} kept answers flagged"
        if answers:
            yield "`curbside corpus stale` shows them with their questions and both wordings"
        yield f"{requests:,} requests, {self.encoded:,} texts encoded, {self.seconds:.1f} s"
        if self.snapshot:
            yield f"snapshot {self.snapshot} is served"


def _sections(change: Change) -> str:
    """Return a line for each section, the first MOST_SECTIONS of them: those of which words changed come first."""
    lines = sorted(change.sections, key=lambda line: " → " not in line)
    if len(lines) > MOST_SECTIONS:
        rest = f"… and {len(lines) - MOST_SECTIONS:,} more sections: curbside corpus history {change.key} --diff"
        lines = [*lines[:MOST_SECTIONS], rest]
    return "\n".join(lines)


def _by_answer(flagged: list[FlaggedAnswer]) -> Iterator[tuple[str, str, str]]:
    """Yield each answer with its citations that no longer stand, and why, each reason once."""
    for answer in dict.fromkeys(one.answer for one in flagged):
        mine = [one for one in flagged if one.answer == answer]
        cited = ", ".join(f"{one.citation} ({one.reason})" for one in mine)
        named = "citation" if len(mine) == 1 else "citations"
        yield answer, f"{named} {cited}", "\n".join(dict.fromkeys(one.why for one in mine))


def _listed(title: str, rows: list[tuple[str, str]]) -> list[RenderableType]:
    """Return a name a line, and under it, set in, what is to be said of it; nothing where there are no rows."""
    if not rows:
        return []
    parts: list[RenderableType] = [Text(title, "bold")]
    for name, words in rows[:MOST_SHOWN]:
        parts.append(Padding(Text(name, overflow="fold"), (0, 0, 0, 2)))
        if words:
            parts.append(Padding(Text(words, "dim", overflow="fold"), (0, 0, 0, 6)))
    if len(rows) > MOST_SHOWN:
        parts.append(Padding(Text(f"… and {len(rows) - MOST_SHOWN:,} more: --json names them all"), (0, 0, 0, 2)))
    return [*parts, Text()]
