"""The commands that show what changed in a document, and which answers no longer stand on what they cite."""

import json
from pathlib import Path

import pytest

from corpus.document import Integrity
from corpus.errors import NotFound
from corpus.store import Store
from tests.commands.conftest import Run
from tests.small_home import DOSE, write_documents

LABEL = "label:examplumab"


@pytest.fixture
def changed(own_home: Path, run: Run) -> tuple[Path, str]:
    """Return a data folder in which the dose of a label changed after it was asked for, and the answer's id."""
    answer = json.loads(run("ask", DOSE, "--json", home=own_home).output)
    write_documents(own_home / "in", dose=35)
    done = run("ingest", str(own_home / "in"), home=own_home)
    assert "answers flagged: 1" in done.output
    return own_home, answer["id"]


def test_an_ingest_flags_the_answer_and_stale_lists_it_with_both_wordings(changed: tuple[Path, str], run: Run) -> None:
    home, answer = changed
    lines = run("corpus", "stale", home=home).output.splitlines()
    assert lines[0] == f"{answer}  {DOSE}"
    assert lines[1].startswith(f"  [2] changed: the cited words of {LABEL} read otherwise in the version of ")
    assert [line.strip() for line in lines[2:]] == [
        "was: The recommended dose of examplumab is 70 mg under the skin once every month.",
        "now: The recommended dose of examplumab is 35 mg under the skin once every month.",
    ]
    (flagged,) = (json.loads(line) for line in run("corpus", "stale", "--json", home=home).output.splitlines())
    assert (flagged["answer"], [flag["reason"] for flag in flagged["flags"]]) == (answer, ["changed"])


def test_ingesting_the_same_again_flags_nothing_more(changed: tuple[Path, str], run: Run) -> None:
    home, _ = changed
    report = json.loads(run("ingest", str(home / "in"), "--json", home=home).output)
    assert (report["answers_flagged"], report["documents"]["unchanged"]) == (0, 3)


def test_history_shows_versions_and_the_section_that_changed(changed: tuple[Path, str], run: Run) -> None:
    home, _ = changed
    with Store.open(home) as store:
        day = list(store.versions(LABEL))[-1].retrieved
        store.set_integrity(LABEL, Integrity.CORRECTED, "an erratum")
    shown = run("corpus", "history", LABEL, home=home, columns=200).output
    assert f"2 Dosage and Administration changed on {day}" in shown
    assert "current → corrected: an erratum" in shown
    assert shown.count(f"{LABEL}@") == 2
    assert "70 mg" not in shown


def test_the_diff_marks_words_and_names_figures(changed: tuple[Path, str], run: Run) -> None:
    home, _ = changed
    shown = run("corpus", "history", LABEL, "--diff", "--section", "2", home=home, columns=200).output
    assert "The recommended dose of examplumab is [-70 mg-] {+35 mg+} under the skin once every month." in shown
    assert "figures: 70 mg → 35 mg" in shown
    assert "No change of 5.1" in run("corpus", "history", LABEL, "--section", "5.1", home=home).output


def test_history_as_json_has_both_wordings(changed: tuple[Path, str], run: Run) -> None:
    home, _ = changed
    found = json.loads(run("corpus", "history", LABEL, "--json", home=home).output)
    first, second = found["versions"]
    assert first["changes"] == []
    assert first["sources"][0]["name"].endswith("label.md")
    (change,) = second["changes"]
    assert (change["section"], change["what"]) == ("2 Dosage and Administration", "changed")
    assert "70 mg" in change["hunks"][0]["was"]
    assert "35 mg" in change["hunks"][0]["now"]


def test_where_nothing_changed_both_say_so(own_home: Path, run: Run) -> None:
    assert run("corpus", "stale", home=own_home).output == "Every kept answer stands on what it cites.\n"
    assert "No change between the 1 versions" in run("corpus", "history", LABEL, home=own_home).output
    with pytest.raises(NotFound):
        run("corpus", "history", "label:none", home=own_home)
