"""The collection that docs/sources-research.md shows is one that the connectors take."""

import textwrap
import tomllib
from itertools import takewhile

from ingest.connectors.base import sources
from tests.checkout import ROOT


def test_the_collection_that_is_shown_is_sound() -> None:
    lines = (ROOT / "docs/sources-research.md").read_text(encoding="utf-8").splitlines()
    start = lines.index("    [pubmed]")
    shown = "\n".join(takewhile(lambda line: line.startswith("    ") or not line, lines[start:]))
    asked = tomllib.loads(textwrap.dedent(shown))
    assert set(asked) == {"pubmed", "pmc", "europepmc"}
    for name, table in asked.items():
        sources()[name].Follow.model_validate(table)
