"""The history of a publication: versions by date, where each came from, what changed between neighbours."""

from datetime import date

import pytest

from corpus.errors import NotFound
from corpus.history import History, history_of
from corpus.store import Store
from tests.corpus.making import document, put, whole


@pytest.fixture
def label(store: Store) -> Store:
    """Return a store with three versions of a label, the second of which arrived last."""
    put(store, document(version="1", effective="2023-01-01", text="Take 70 mg."), raw=b"1")
    put(store, document(version="3", effective="2024-03-01", text="Take 35 mg at night."), raw=b"3")
    put(store, document(version="2", effective="2023-06-01", text="Take 35 mg."), raw=b"2")
    return store


def found(history: History, section: str = "") -> list[tuple[str, str, list[str]]]:
    return [
        (step.date, step.version.version, [f"{change.name} {change.what}" for change in step.changed(section)])
        for step in history.steps
    ]


def test_versions_come_by_date_with_the_sections_that_changed(label: Store) -> None:
    assert found(history_of(label, "spl:one")) == [
        ("2023-01-01", "1", []),
        ("2023-06-01", "2", ["2.1 Adults changed"]),
        ("2024-03-01", "3", ["2.1 Adults changed"]),
    ]


def test_the_words_that_changed_are_marked_with_figures_apart(label: Store) -> None:
    (change,) = history_of(label, "spl:one").steps[1].changed()
    assert [(run.what, run.text, run.is_figure) for run in change.hunks[0].runs] == [
        ("same", "Take", False),
        ("removed", "70 mg", True),
        ("added", "35 mg", True),
        ("same", ".", False),
    ]


@pytest.mark.parametrize(
    ("section", "shown"), [("2.1", 1), ("2", 1), ("adults", 1), ("34068-7", 1), ("2.10", 0), ("1", 0), ("Warnings", 0)]
)
def test_one_section_is_named_by_number_title_or_code(label: Store, section: str, shown: int) -> None:
    assert len(history_of(label, "spl:one").steps[2].changed(section)) == shown


def test_each_version_says_where_it_came_from(label: Store) -> None:
    made = document(version="1", effective="2023-01-01", text="Take 70 mg.")
    origin = label.keep_raw(b"again", name="all.zip", retrieved=date(2026, 12, 1), address="https://example.org/1")
    label.add(made, origin=origin, passages=whole(made), splitter="whole")
    sources = history_of(label, made.id).steps[0].sources
    assert [(source.name, source.address, str(source.retrieved)) for source in sources] == [
        ("one.xml", "", "2026-11-23"),
        ("all.zip", "https://example.org/1", "2026-12-01"),
    ]


def test_what_is_not_held_has_no_history(store: Store) -> None:
    with pytest.raises(NotFound, match="spl:none"):
        history_of(store, "spl:none")
