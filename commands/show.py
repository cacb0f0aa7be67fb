"""An answer on a terminal: the page in plain words and colours, its references grouped by document.

Everything that comes from a source or a reader is printed as Text: square brackets are never markup.
"""

from rich.console import Console
from rich.text import Text

from commands.lines import print_folded
from commands.show_conflicts import show_conflicts
from commands.show_references import show_references
from corpus.document import SourceKind
from qa.answer import Answer, Block, Claim, Nearest, Refusal, Status
from qa.bibliography.numbers import runs

PLAIN_TITLE = "In Plain Words"
PART_TITLES = {
    SourceKind.GUIDELINE: "From the Guidelines",
    SourceKind.LABEL: "From the FDA Drug Label",
    SourceKind.RESEARCH: "From the Research",
}
DISCLAIMER = (
    "For healthcare professionals. Every sentence above is quoted from the source cited; check it there before "
    "acting on it. Curbside does not replace clinical judgement."
)


def show(answer: Answer, console: Console) -> None:
    """Print the answer as a page."""
    print_folded(console, Text(answer.question, style="bold"))
    if answer.standalone != answer.question:
        print_folded(console, Text(f"Understood as: {answer.standalone}", style="dim"))
    if answer.notice:
        console.print()
        print_folded(console, Text(answer.notice, style="bold red" if answer.status is Status.EMERGENCY else "yellow"))
    if answer.refusal:
        _show_refusal(answer.refusal, console)
    if answer.plain:
        _show_part(PLAIN_TITLE, answer.plain.searched, answer.plain.blocks, console)
    for part in answer.parts:
        if part.blocks or answer.status is Status.ANSWERED or answer.status is Status.REFUSED:
            _show_part(PART_TITLES[part.kind], part.searched, part.blocks, console)
    if answer.conflicts:
        show_conflicts(answer.conflicts, console)
    if answer.citations:
        show_references(answer.citations, console)
        console.print()
        print_folded(console, Text(DISCLAIMER, style="dim"))
    timing = f"{answer.timing_ms.get('total', 0.0):.0f} ms"
    print_folded(console, Text(f"answer {answer.id} · snapshot {answer.snapshot} · {timing}", style="dim"))


def _show_refusal(refusal: Refusal, console: Console) -> None:
    console.print()
    print_folded(console, Text(refusal.reason, style="yellow"))
    for missing in refusal.missing:
        print_folded(console, Text(f"missing: {missing}"), 2, 2)
    if refusal.nearest:
        console.print()
        console.print(Text("Nearest sources", style="bold"))
    for near in refusal.nearest:
        print_folded(console, _nearest(near), 2, 2)


def _nearest(near: Nearest) -> Text:
    text = Text("· ")
    text.append(", ".join(filter(None, (near.title, near.section))))
    return text.append(" " + " ".join(filter(None, (f"({near.kind})", near.url))), style="dim")


def _show_part(title: str, searched: str, blocks: tuple[Block, ...], console: Console) -> None:
    console.print()
    console.print(Text(title, style="bold cyan"))
    if not blocks:
        print_folded(console, Text(searched, style="dim"), 2)
    for number, block in enumerate(blocks):
        if block.heading:
            if number:
                console.print()
            print_folded(console, Text(block.heading, style="bold"), 2)
        for claim in block.claims:
            _show_claim(claim, console)


def _show_claim(claim: Claim, console: Console) -> None:
    """Print one point: its first line behind a bullet, list items and table rows under it, its citations last."""
    first, *others = claim.text.split("\n")
    lines = [Text("• ")]
    if claim.context:
        lines[0].append(f"{claim.context}: ", style="dim")
    lines[0].append(first)
    lines += [Text(f"– {other}") for other in others]
    lines[-1].append(f" [{runs(claim.citations)}]", style="green")
    for number, line in enumerate(lines):
        print_folded(console, line, 4 if number else 2, 2)
