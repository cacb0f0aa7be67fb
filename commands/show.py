"""An answer on a terminal: the page in rich text, with its references."""

from rich.console import Console
from rich.markup import escape
from rich.padding import Padding
from rich.text import Text

from corpus.document import Integrity, SourceKind
from qa.answer import Answer, Citation, Claim, Part, Status

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
    console.print(Text(answer.question, style="bold"))
    if answer.standalone != answer.question:
        console.print(f"[dim]Understood as: {escape(answer.standalone)}[/dim]")
    if answer.notice:
        urgent = answer.status is Status.EMERGENCY
        console.print(Text(f"\n{answer.notice}", style="bold red" if urgent else "yellow"))
    if answer.refusal:
        _show_refusal(answer, console)
    for part in answer.parts:
        _show_part(part, console)
    if answer.citations:
        _show_references(answer, console)
        console.print(f"\n[dim]{DISCLAIMER}[/dim]")
    timing = f"{answer.timing_ms.get('total', 0.0):.0f} ms"
    console.print(f"[dim]answer {answer.id} · snapshot {answer.snapshot} · {timing}[/dim]")


def _show_refusal(answer: Answer, console: Console) -> None:
    refusal = answer.refusal
    assert refusal is not None
    console.print(Text(f"\n{refusal.reason}", style="yellow"))
    for missing in refusal.missing:
        console.print(f"  missing: {escape(missing)}")
    if refusal.nearest:
        console.print("\n[bold]Nearest sources[/bold]")
    for near in refusal.nearest:
        section = f", {near.section}" if near.section else ""
        console.print(f"  · {escape(near.title)}{escape(section)} [dim]({near.kind}) {escape(near.url)}[/dim]")


def _show_part(part: Part, console: Console) -> None:
    console.print(f"\n[bold cyan]{PART_TITLES[part.kind]}[/bold cyan]")
    if not part.blocks:
        console.print(f"[dim]{escape(part.searched)}[/dim]")
    for block in part.blocks:
        if block.heading:
            console.print(f"\n[bold]{escape(block.heading)}[/bold]")
        for claim in block.claims:
            console.print(Padding(_claim(claim), (0, 0, 0, 2)))


def _claim(claim: Claim) -> Text:
    """Return the claim with its citation numbers, continuation lines indented under it."""
    text = Text("• ")
    if claim.context:
        text.append(f"{claim.context}: ", style="dim")
    text.append(claim.text.replace("\n", "\n    – "))
    text.append(" [" + ", ".join(map(str, claim.citations)) + "]", style="green")
    return text


def _show_references(answer: Answer, console: Console) -> None:
    console.print("\n[bold cyan]References[/bold cyan]")
    for citation in answer.citations:
        console.print(Padding(_reference(citation), (0, 0, 0, 2)))


def _reference(citation: Citation) -> Text:
    """Return one line on where the words are: source, section, characters, identifiers."""
    text = Text(f"[{citation.n}] ", style="green")
    text.append(citation.title, style="default")
    where = " ".join(filter(None, (citation.section.number, citation.section.title)))
    named = ", ".join(f"{name.upper()} {value}" for name, value in citation.identifiers.items())
    page = f"p. {citation.section.page}" if citation.section.page else ""
    details = [citation.body, citation.date, where, page, f"characters {citation.start}–{citation.end}", named]
    text.append(" · " + " · ".join(filter(None, details)), style="dim")
    if citation.integrity is not Integrity.CURRENT:
        text.append(f" · {citation.integrity}: {citation.notice}".rstrip(": "), style="bold red")
    if citation.digest_of:
        text.append(f" · {citation.digest_of}", style="dim italic")
    return text
