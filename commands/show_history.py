"""The history of a document on a terminal: versions, sections that changed, and the words that did."""

from dataclasses import asdict
from typing import Any

from rich.console import Console
from rich.table import Table
from rich.text import Text

from corpus.diff import Hunk, SectionChange
from corpus.history import History, Step

_SIGNS = {"same": ("", "", ""), "removed": ("[-", "-]", "red"), "added": ("{+", "+}", "green")}


def show_history(history: History, console: Console, *, with_diff: bool, section: str) -> None:
    """Print the versions as a table, then under each date the sections that changed, with their words if wanted."""
    console.print(Text(history.title or "(no title)", "bold"))
    console.print(_versions(history))
    for change in history.integrity[1:]:
        console.print(Text(f"{change.at:%Y-%m-%d %H:%M} UTC: {change.was} → {change.became}: {change.why}"))
    shown = False
    for step in history.steps[1:]:
        for section_change in step.changed(section):
            shown = True
            _show_change(section_change, step.date, console, with_diff=with_diff)
    if not shown:
        of = f" of {section}" if section else ""
        console.print(Text(f"No change{of} between the {len(history.steps):,} versions that are held.", "dim"))


def history_values(history: History, section: str) -> dict[str, Any]:
    """Return the history as JSON-ready values; sections that stayed the same are left out."""
    return {
        "key": history.key,
        "title": history.title,
        "versions": [_step_values(step, section) for step in history.steps],
        "integrity": [asdict(change) for change in history.integrity],
    }


def _step_values(step: Step, section: str) -> dict[str, Any]:
    return {
        "version": asdict(step.version),
        "date": step.date,
        "sources": [asdict(source) for source in step.sources],
        "changes": [{"section": change.name} | asdict(change) for change in step.changed(section)],
    }


def _versions(history: History) -> Table:
    names = ("date", "version", "state", "retrieved", "from", "id")
    table = Table(*names, box=None, padding=(0, 2, 0, 0), header_style="dim")
    for step in history.steps:
        version = step.version
        sources = "\n".join(source.address or source.name for source in step.sources)
        cells = (step.date, version.version, version.integrity, str(version.retrieved), sources, version.id)
        table.add_row(*(Text(cell, overflow="fold") for cell in cells), style="bold" if version.is_current else "")
    return table


def _show_change(change: SectionChange, date: str, console: Console, *, with_diff: bool) -> None:
    line = Text.assemble((change.name, "cyan"), f" {change.what} on {date}")
    if change.was and change.now and change.was.name != change.now.name:
        line.append(f" (was {change.was.name})")
    console.print(line)
    for hunk in change.hunks if with_diff else ():
        console.print(Text("    ") + _words(hunk))
        figures = [
            [run.text for run in hunk.runs if run.is_figure and run.what == what] for what in ("removed", "added")
        ]
        if any(figures):
            was, now = (", ".join(found) or "none" for found in figures)
            console.print(Text(f"    figures: {was} → {now}", "bold yellow"))


def _words(hunk: Hunk) -> Text:
    """Return a hunk's words, [-removed-] and {+added+}."""
    text = Text()
    for run in hunk.runs:
        begin, end, style = _SIGNS[run.what]
        if text:
            text.append(" ")
        text.append(f"{begin}{run.text}{end}", f"{style} bold" if run.is_figure else style)
    return text
