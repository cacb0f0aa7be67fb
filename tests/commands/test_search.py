"""`curbside search` shows passages with each searcher's share, or the hits of the API as JSON."""

import json
from pathlib import Path

import pytest

from corpus.errors import BadQuestion
from qa.answerer import Answerer
from qa.wire import WireHit
from tests.commands.conftest import Run
from tests.small_home import DOSE


def test_json_is_the_hits_of_the_api(run: Run, asked_home: Path) -> None:
    printed = json.loads(run("search", DOSE, "-k", "3", "--json").stdout)
    hits = [WireHit.of(hit).model_dump(mode="json") for hit in Answerer(asked_home).search(DOSE, k=3)]
    assert printed == hits
    assert [hit["rank"] for hit in printed] == [1, 2, 3]


def test_the_best_passage_comes_first_with_its_place_and_its_shares(run: Run) -> None:
    first, *_ = run("search", DOSE, columns=200).stdout.splitlines()
    assert first.startswith(" 1. Sampla (examplumab): prescribing information · 2 Dosage and Administration")
    assert all(name in first for name in ("vector", "bm25", "sentence"))


def test_filters_narrow(run: Run) -> None:
    kinds = json.loads(run("search", DOSE, "--kind", "research", "--json").stdout)
    assert {hit["kind"] for hit in kinds} == {"research"}
    years = json.loads(run("search", DOSE, "--year-from", "2024", "--json").stdout)
    assert {hit["document"] for hit in years} == {"label:examplumab"}
    assert "the filters leave none" in run("search", DOSE, "--drug", "otherzumab").stdout


def test_brackets_are_words_and_no_line_is_wider_than_the_terminal(run: Run) -> None:
    shown = run("search", "stroke in the first year", "--kind", "label").stdout
    assert "[bold]in the first year[/bold]" in " ".join(shown.split())
    assert max(map(len, shown.splitlines())) <= 80


def test_nothing_to_look_for_is_refused(run: Run) -> None:
    with pytest.raises(BadQuestion, match="found nothing"):
        run("search", "")
