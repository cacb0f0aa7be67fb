"""Tables in Markdown, and where they are kept: each command owns one part of docs/measurements.md."""

import os
import platform
import re
from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path

from evals.cost import processor, versions

MEASUREMENTS = Path(__file__).resolve().parents[1] / "docs/measurements.md"


def table(head: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """Return a Markdown table."""
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(f"| {' | '.join(str(cell) for cell in line)} |" for line in lines)


def conditions(*packages: str) -> str:
    """Return a line on when and where this was measured; a package that is not installed is named so."""
    one_minute = os.getloadavg()[0]
    said = [
        f"{date.today().isoformat()}",
        f"{processor()}, {os.cpu_count()} cores",
        f"load {one_minute:.1f} at the end",
    ]
    held = versions(packages)
    said += [f"Python {platform.python_version()}", *(f"{name} {held.get(name, 'not installed')}" for name in packages)]
    return ", ".join(said) + "."


def record(name: str, text: str, path: Path = MEASUREMENTS) -> None:
    """Put the text in the place of the part of that name, or at the end. Raises ValueError for a torn part."""
    page = path.read_text(encoding="utf-8") if path.exists() else "# Measurements\n"
    begin, end = f"<!-- begin {name} -->", f"<!-- end {name} -->"
    if (page.count(begin), page.count(end)) not in ((0, 0), (1, 1)):
        raise ValueError(f"{path} must hold {begin} and {end} once each, or neither: put that right by hand")
    part = f"{begin}\n{text.strip()}\n{end}"
    if begin in page:
        page = re.sub(f"{re.escape(begin)}.*{re.escape(end)}", lambda _: part, page, flags=re.DOTALL)
    else:
        page = f"{page.rstrip()}\n\n{part}\n"
    path.write_text(page, encoding="utf-8")
