"""Where the sources of an answer disagree, on a terminal: each matter, and under it what each side says."""

from rich.console import Console
from rich.text import Text

from commands.lines import print_folded
from qa.answer import Conflict, ConflictSide
from qa.bibliography.numbers import runs
from qa.conflict_words import IN_WORDS


def show_conflicts(conflicts: tuple[Conflict, ...], console: Console) -> None:
    """Print each disagreement: its subject and kind, then each side with its source, date and citations."""
    console.print()
    console.print(Text("Where sources disagree", style="bold cyan"))
    for conflict in conflicts:
        print_folded(console, Text(f"{conflict.subject}: {IN_WORDS[conflict.kind]}", style="bold"), 2)
        for side in conflict.sides:
            for number, line in enumerate(_lines(side)):
                print_folded(console, line, 4 if number else 2, 2)


def _lines(side: ConflictSide) -> list[Text]:
    """Return a side's words, its first line behind a bullet and its source."""
    first, *others = side.claim.text.split("\n")
    whose = " ".join(filter(None, (side.body, side.date or "(no date stated)")))
    lines = [Text("• ").append(f"{', '.join(filter(None, (whose, side.section)))}: ", style="dim").append(first)]
    lines += [Text(f"– {other}") for other in others]
    lines[-1].append(f" [{runs(side.claim.citations)}]", style="green")
    return lines
