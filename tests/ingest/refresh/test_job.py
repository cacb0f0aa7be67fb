"""A refresh takes in what has changed, leaves alone what has not, and believes no source that breaks."""

from pathlib import Path

import pytest
import sqlalchemy as sa

from corpus.document import Integrity
from corpus.refreshing import RunState, runs
from corpus.store import Store
from ingest.connectors.base import Notice
from ingest.refresh.job import Order
from ingest.refresh.report import SourceReport
from tests.ingest.refresh.shelf import Doing, Shelf
from tests.writes import writes_to


def counts(source: SourceReport) -> tuple[int, int, int, int]:
    return source.new, source.changed, source.unchanged, source.withdrawn


def test_what_is_new_is_taken_in(doing: Doing, store: Store) -> None:
    report = doing()
    assert (report.state, counts(report.sources[0])) == (RunState.DONE, (10, 0, 0, 0))
    assert store.get("pmid:3").sections[0].text == "text 3"
    assert report.changes == []


def test_what_is_unchanged_is_neither_fetched_nor_written(doing: Doing, store: Store, shelf: Shelf) -> None:
    doing()
    shelf.fetched.clear()
    with writes_to(store, but="refresh_runs") as written:
        report = doing()
    assert counts(report.sources[0]) == (0, 0, 10, 0)
    assert (written, shelf.fetched) == ([], [])


def test_what_has_changed_is_fetched_alone_and_told_section_by_section(
    doing: Doing, store: Store, shelf: Shelf
) -> None:
    doing()
    shelf.fetched.clear()
    shelf.texts["i4"] = "pmid:4: text 4 in other words"
    report = doing()
    assert counts(report.sources[0]) == (0, 1, 9, 0)
    assert set(shelf.fetched) == {"i4"}
    (change,) = report.changes
    assert (change.key, change.sections) == ("pmid:4", ("Text: text 4 → text 4 in other words",))
    assert store.get("pmid:4").sections[0].text == "text 4 in other words"
    assert len(list(store.versions("pmid:4"))) == 2


def test_a_source_may_go_back_to_a_shorter_text_under_the_same_version(
    doing: Doing, store: Store, shelf: Shelf
) -> None:
    shelf.texts["i1"] = "pmid:1 v7: a long text of version seven"
    doing()
    shelf.texts["i1"] = "pmid:1 v7: short"
    doing()
    assert store.get("pmid:1").sections[0].text == "short"


def test_what_is_withdrawn_leaves_and_comes_back(doing: Doing, store: Store, shelf: Shelf) -> None:
    doing()
    text = shelf.texts.pop("i9")
    report = doing()
    assert counts(report.sources[0]) == (0, 0, 9, 1)
    assert store.get("pmid:9").integrity is Integrity.WITHDRAWN
    assert [(s.key, s.became) for s in report.standings] == [("pmid:9", "withdrawn")]
    assert counts(doing().sources[0]) == (0, 0, 9, 0)
    shelf.texts["i9"] = text
    report = doing()
    assert counts(report.sources[0]) == (1, 0, 9, 0)
    assert store.get("pmid:9").integrity is Integrity.CURRENT


def test_what_a_source_does_not_confirm_is_not_withdrawn(doing: Doing, store: Store, shelf: Shelf) -> None:
    doing()
    del shelf.texts["i9"]
    shelf.confirms = False
    assert counts(doing().sources[0]) == (0, 0, 9, 0)
    assert store.get("pmid:9").integrity is Integrity.CURRENT


def test_what_another_source_still_has_is_not_withdrawn(doing: Doing, store: Store, shelf: Shelf) -> None:
    other = Shelf({"x": "pmid:9: text 9"})
    doing(other=other)
    del shelf.texts["i9"]
    doing(other=other)
    assert store.get("pmid:9").integrity is Integrity.CURRENT
    other.texts = {}
    doing(Order(accept_shrinking=True), other=other)
    assert store.get("pmid:9").integrity is Integrity.WITHDRAWN


def test_a_source_that_shrinks_is_stopped_and_its_content_kept(doing: Doing, store: Store, shelf: Shelf) -> None:
    doing()
    for name in ("i7", "i8", "i9"):
        del shelf.texts[name]
    shelf.texts["i1"] = "pmid:1: other words"
    report = doing()
    assert report.state is RunState.FAILED
    assert "lists 7 items, before it were 10" in report.sources[0].stopped
    assert store.get("pmid:1").sections[0].text == "text 1"
    assert counts(doing(Order(accept_shrinking=True)).sources[0]) == (0, 1, 6, 3)


def test_a_shrinking_of_a_fifth_is_believed(doing: Doing, shelf: Shelf) -> None:
    doing()
    for name in ("i8", "i9"):
        del shelf.texts[name]
    assert counts(doing().sources[0]) == (0, 0, 8, 2)


@pytest.mark.parametrize("when", ["fails", "fails_fetching"])
def test_a_source_that_fails_stops_alone(doing: Doing, store: Store, shelf: Shelf, when: str) -> None:
    other = Shelf({"x": "pmid:77: text"})
    doing(other=other)
    setattr(shelf, when, "it is down")
    shelf.texts["i1"] = "pmid:1: other words"
    other.texts["y"] = "pmid:78: more"
    report = doing(other=other)
    assert report.state is RunState.PARTLY
    assert [(one.name, one.stopped) for one in report.sources] == [("shelf", "it is down"), ("other", "")]
    assert store.get("pmid:1").sections[0].text == "text 1"
    assert store.get("pmid:78").sections[0].text == "more"


def test_a_source_that_gives_rubbish_is_stopped_before_anything_is_stored(
    doing: Doing, store: Store, shelf: Shelf
) -> None:
    doing()
    for n in range(5):
        shelf.texts[f"i{n}"] = "<html>"
    shelf.texts["i9"] = "pmid:9: other words"
    report = doing()
    assert "5 of the 6 items fetched cannot be read, such as i0: expected 'key: text'" in report.sources[0].stopped
    assert store.get("pmid:9").sections[0].text == "text 9"


def test_one_item_that_cannot_be_read_is_told_and_keeps_its_old_text(doing: Doing, store: Store, shelf: Shelf) -> None:
    doing()
    shelf.texts["i2"], shelf.texts["i3"] = "<html>", "pmid:3: other words"
    shelf.texts["i4"] = "pmid:4: crash"
    report = doing()
    assert report.state is RunState.DONE
    assert [line.split(":")[0] for line in report.sources[0].failed] == ["i2", "i4"]
    assert counts(report.sources[0]) == (0, 1, 7, 0)
    assert store.get("pmid:2").sections[0].text == "text 2"


def test_an_item_that_cannot_be_read_is_looked_at_again_until_it_can(doing: Doing, store: Store, shelf: Shelf) -> None:
    doing()
    good = shelf.texts["i2"]
    shelf.texts["i2"] = "<html>"
    doing()
    shelf.fetched.clear()
    with writes_to(store, but="refresh_runs") as written:
        assert [line.split(":")[0] for line in doing().sources[0].failed] == ["i2"]
    assert (set(shelf.fetched), written) == ({"i2"}, [])
    shelf.texts["i2"] = good
    assert counts(doing().sources[0]) == (0, 0, 10, 0)


def test_an_abstract_from_one_source_takes_no_full_texts_place_from_another(
    doing: Doing, store: Store, shelf: Shelf
) -> None:
    other = Shelf({"x": "pmid:1: the whole article, with methods and results at length"})
    doing(other=other)
    assert store.get("pmid:1").sections[0].text.startswith("the whole article")
    shelf.texts["i1"] = "pmid:1: text 1, revised"
    doing(other=other)
    assert store.get("pmid:1").sections[0].text.startswith("the whole article")
    other.texts["x"] = "pmid:1: short"
    doing(other=other)
    assert store.get("pmid:1").sections[0].text == "short"


def test_what_a_notice_says_reaches_what_is_held_under_its_identifiers(
    doing: Doing, store: Store, shelf: Shelf
) -> None:
    shelf.texts["n"] = "pmid:500: a retraction notice"
    shelf.notices["n"] = (
        Notice((("pmid", "3"),), Integrity.RETRACTED, "Retraction in: J. 2026"),
        Notice((("pmid", "4"),), Integrity.CORRECTED, "Erratum in: J. 2026"),
        Notice((("pmid", "5"), ("doi", "10.1/none")), Integrity.CONCERN, "Expression of concern in: J. 2026"),
        Notice((("pmid", "99999"),), Integrity.RETRACTED, "of something that is not held"),
    )
    report = doing()
    assert [(s.key, s.was, s.became) for s in report.standings] == [
        ("pmid:3", "current", "retracted"),
        ("pmid:4", "current", "corrected"),
        ("pmid:5", "current", "concern"),
    ]
    assert store.get("pmid:3").notice == "Retraction in: J. 2026"


def test_what_may_not_be_read_is_told_and_leaves_the_text_as_it_was(doing: Doing, store: Store, shelf: Shelf) -> None:
    doing()
    shelf.texts["i5"] = "pmid:5: other words"
    shelf.unread["i5"] = "its licence does not allow it"
    report = doing()
    assert (report.sources[0].unread, report.sources[0].told) == (1, ["i5: its licence does not allow it"])
    assert store.get("pmid:5").sections[0].text == "text 5"
    assert counts(doing().sources[0]) == (0, 0, 10, 0)


def test_a_dry_run_tells_the_plan_and_changes_nothing(doing: Doing, store: Store, shelf: Shelf, tmp_path: Path) -> None:
    doing()
    shelf.fetched.clear()
    del shelf.texts["i9"]
    shelf.texts |= {"i1": "pmid:1: other words", "i10": "pmid:10: new"}
    before = sorted(path for path in tmp_path.rglob("*") if path.is_file())
    with writes_to(store, but="refresh_runs") as written:
        report = doing(Order(dry=True))
    assert counts(report.sources[0]) == (1, 1, 8, 1)
    assert (written, shelf.fetched) == ([], [])
    assert sorted(path for path in tmp_path.rglob("*") if path.is_file()) == before
    with store.engine.connect() as connection:
        assert len(runs(connection)) == 1


def test_only_the_sources_named_are_asked(doing: Doing, shelf: Shelf) -> None:
    other = Shelf({"x": "pmid:77: text"})
    report = doing(Order(only=frozenset({"other"})), other=other)
    assert [one.name for one in report.sources] == ["other"]
    assert shelf.fetched == []


def test_the_history_keeps_every_run_with_its_report(doing: Doing, store: Store) -> None:
    first, second = doing(), doing(Order(cause="schedule"))
    with store.engine.connect() as connection:
        kept = runs(connection)
    assert [(one.id, one.state, one.cause) for one in kept] == [
        (second.run, RunState.DONE, "schedule"),
        (first.run, RunState.DONE, "command"),
    ]
    assert kept[1].report["sources"][0]["new"] == 10


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)  # how many transactions is counted on one of them
def test_a_thousand_withdrawals_are_one_transaction_and_one_snapshot(doing: Doing, store: Store, shelf: Shelf) -> None:
    shelf.texts = {f"i{n}": f"pmid:{n}: text {n}" for n in range(1200)}
    doing()
    shelf.texts = {f"i{n}": f"pmid:{n}: text {n}" for n in range(200)}
    commits: list[object] = []
    sa.event.listen(store.engine, "commit", commits.append)
    report = doing(Order(accept_shrinking=True))
    assert report.sources[0].withdrawn == 1000
    assert len(report.standings) == 1000
    writing = [one for one in commits if one]
    assert len(writing) < 150  # reading in batches, and a few writes; not a transaction a document
