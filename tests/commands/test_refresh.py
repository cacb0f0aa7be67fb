"""The refresh command against stand-ins for openFDA and PubMed: real HTTP, a real index, kept answers that go stale."""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from typer.testing import Result

from corpus.errors import NotFound
from index.pointer import read_pointer
from tests.replay.made import DOSE, FRACTURES, SET_ID, TRIAL, TRIAL_TWO, label, other_label, second_trial, trial
from tests.replay.openfda import OpenFda
from tests.replay.pubmed import PubMed
from tests.replay.server import HTML_ERROR, Replay, replaying

Run = Callable[..., Result]
COLLECTION = """
title = "Samples"
schedule = "30 3 * * mon"

[openfda]
generic = ["examplumab", "otherumab"]

[pubmed]
pmids = ["99000001", "99000002"]
integrity = false
"""


@dataclass
class World:
    """The services as they are now, and where they are."""

    openfda: OpenFda
    pubmed: PubMed
    labels: Replay
    papers: Replay


@pytest.fixture
def world(tmp_path: Path, own_home: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[World]:
    """Yield the services with two labels and two papers; a collection that follows them lies in the data folder."""
    (own_home / "collections").mkdir()
    (own_home / "collections" / "samples.toml").write_text(COLLECTION)
    openfda = OpenFda([label(), other_label()], {})
    pubmed = PubMed({TRIAL: trial(), TRIAL_TWO: second_trial()})
    with replaying(openfda) as labels, replaying(pubmed) as papers:
        monkeypatch.setenv("CURBSIDE_OPENFDA_URL", labels.url)
        monkeypatch.setenv("CURBSIDE_EUTILS_URL", papers.url)
        yield World(openfda, pubmed, labels, papers)


@pytest.fixture
def refresh(run: Run, own_home: Path) -> Callable[..., dict[str, Any]]:
    """Return what refreshes the collection and gives the report."""

    def refreshed(*more: str, code: int = 0) -> dict[str, Any]:
        result = run("refresh", "samples", "--json", *more, home=own_home)
        assert result.exit_code == code, result.output
        (report,) = json.loads(result.stdout)
        assert isinstance(report, dict)
        return report

    return refreshed


Refresh = Callable[..., dict[str, Any]]


def asked(run: Run, home: Path, question: str) -> dict[str, Any]:
    answer = json.loads(run("ask", question, "--json", home=home).stdout)
    assert isinstance(answer, dict)
    return answer


def cited(answer: dict[str, Any]) -> set[str]:
    return {citation["document"] for citation in answer["citations"]}


def test_what_is_followed_is_taken_in_and_answers(run: Run, own_home: Path, world: World, refresh: Refresh) -> None:
    report = refresh()
    assert [(one["name"], one["new"]) for one in report["sources"]] == [("openfda", 2), ("pubmed", 2)]
    assert report["encoded"] > 0
    assert f"spl:{SET_ID}" in cited(asked(run, own_home, DOSE))
    assert f"pmid:{TRIAL}" in cited(asked(run, own_home, FRACTURES))


def test_nothing_new_costs_no_encoding_and_no_new_snapshot(own_home: Path, world: World, refresh: Refresh) -> None:
    refresh()
    served = read_pointer(own_home)
    report = refresh()
    assert (report["encoded"], report["changes"], report["state"]) == (0, [], "done")
    assert read_pointer(own_home) == served


def test_a_changed_dose_makes_the_answer_that_cites_it_stale_and_no_other(
    run: Run, own_home: Path, world: World, refresh: Refresh
) -> None:
    refresh()
    dose, fractures = asked(run, own_home, DOSE), asked(run, own_home, FRACTURES)
    world.openfda.records[SET_ID] = label(dose=140)
    report = refresh()
    assert {one["answer"] for one in report["flagged"]} == {dose["id"]}
    assert fractures["id"] not in json.dumps(report["flagged"])
    (change,) = report["changes"]
    assert any("70 mg" in line and "140 mg" in line for line in change["sections"])
    stale = run("corpus", "stale", home=own_home).stdout
    assert "140 mg" in stale
    assert "140 mg" in json.dumps(asked(run, own_home, DOSE)["citations"])


def test_a_change_that_no_answer_cites_touches_none(run: Run, own_home: Path, world: World, refresh: Refresh) -> None:
    refresh()
    asked(run, own_home, DOSE)
    world.openfda.records[SET_ID] = label(warned=True)
    report = refresh()
    assert (len(report["changes"]), report["flagged"]) == (1, [])


def test_a_withdrawn_label_leaves_retrieval_in_the_same_run(
    run: Run, own_home: Path, world: World, refresh: Refresh
) -> None:
    refresh()
    dose = asked(run, own_home, DOSE)
    del world.openfda.records[SET_ID]
    report = refresh("--accept-shrinking")
    assert report["sources"][0]["withdrawn"] == 1
    assert {one["reason"] for one in report["flagged"] if one["answer"] == dose["id"]} == {"withdrawn"}
    assert f"spl:{SET_ID}" not in cited(asked(run, own_home, DOSE))
    found = json.loads(run("search", "recommended dose of examplumab", "--json", home=own_home).stdout)
    assert f"spl:{SET_ID}" not in json.dumps(found)


def test_a_retracted_paper_is_no_evidence_any_more_and_its_answers_say_so(
    run: Run, own_home: Path, world: World, refresh: Refresh
) -> None:
    refresh()
    fractures = asked(run, own_home, FRACTURES)
    world.pubmed.records[TRIAL] = trial(retracted=True)
    world.pubmed.modified[TRIAL] = date.today()
    report = refresh()
    assert [(one["key"], one["became"]) for one in report["standings"]] == [(f"pmid:{TRIAL}", "retracted")]
    assert {one["answer"] for one in report["flagged"]} == {fractures["id"]}
    assert f"pmid:{TRIAL}" not in cited(asked(run, own_home, FRACTURES))


def test_a_dry_run_shows_the_plan_and_changes_nothing(run: Run, own_home: Path, world: World) -> None:
    before = read_pointer(own_home)
    shown = run("refresh", "samples", "--dry-run", home=own_home)
    assert shown.exit_code == 0
    assert "Nothing was changed" in shown.stdout
    assert read_pointer(own_home) == before
    assert json.loads(run("refresh", "--history", "--json", home=own_home).stdout) == []


def test_a_source_that_gives_a_page_for_json_stops_and_the_other_goes_on(
    run: Run, own_home: Path, world: World, refresh: Refresh
) -> None:
    world.labels.faults = [HTML_ERROR]
    report = refresh(code=1)
    stopped, other = report["sources"]
    assert "text/html" in stopped["stopped"]
    assert (other["new"], other["stopped"], report["state"]) == (2, "", "partly")
    again = run("refresh", "samples", "--source", "openfda", home=own_home)
    assert (again.exit_code, "pubmed" in again.stdout) == (0, False)


def test_the_history_lists_the_runs(run: Run, own_home: Path, world: World, refresh: Refresh) -> None:
    first = refresh()["run"]
    lines = run("refresh", "--history", home=own_home).stdout.splitlines()
    assert len(lines) == 1
    assert first in lines[0] and "done" in lines[0]


def test_an_unknown_collection_is_refused_with_those_there_are(run: Run, own_home: Path) -> None:
    with pytest.raises(NotFound, match="there are osteoporosis"):
        run("refresh", "nothing", home=own_home)
