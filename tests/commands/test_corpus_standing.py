"""A standing set by hand: it is kept with its reason, the index and the answers follow, and it can be lifted."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import Result

from corpus.document import Integrity
from corpus.errors import NotFound
from corpus.store import Store
from tests.small_home import DOSE

Run = Callable[..., Result]
LABEL = "label:examplumab"


def cited(run: Run, home: Path) -> set[str]:
    answer = json.loads(run("ask", DOSE, "--json", home=home).stdout)
    return {citation["document"] for citation in answer["citations"]}


def test_a_standing_is_set_flags_answers_and_is_lifted(own_home: Path, run: Run) -> None:
    assert LABEL in cited(run, own_home)
    told = run("corpus", "standing", LABEL, "withdrawn", "--why", "taken off the market", home=own_home)
    assert "current → withdrawn; " in told.stdout
    assert "1 kept answers flagged" in told.stdout
    assert LABEL not in cited(run, own_home)
    run("corpus", "standing", LABEL, "current", "--why", "back on the market", home=own_home)
    assert LABEL in cited(run, own_home)
    with Store.open(own_home) as store:
        steps = [(one.became, one.why) for one in store.integrity_history(LABEL)][1:]
    assert steps == [(Integrity.WITHDRAWN, "taken off the market"), (Integrity.CURRENT, "back on the market")]


def test_what_is_not_held_is_refused(own_home: Path, run: Run) -> None:
    with pytest.raises(NotFound, match="pmid:1"):
        run("corpus", "standing", "pmid:1", "retracted", "--why", "a notice", home=own_home)
