"""What a refresh believes of what is missing, and where publications stand after it: nothing is cleared by accident."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from corpus.document import Integrity
from corpus.refreshing import RunState, items_of
from corpus.store import Store
from ingest.connectors.base import Notice
from ingest.pipeline import ingest
from ingest.refresh import job
from ingest.refresh.job import Order
from tests.ingest.faking import WholeSplitter, read
from tests.ingest.refresh.shelf import Doing, Shelf

BELIEVE = Order(accept_shrinking=True)


def test_what_ceased_to_match_does_not_stop_the_source_in_every_later_run(
    doing: Doing, store: Store, shelf: Shelf
) -> None:
    doing()
    for name in ("i7", "i8", "i9"):
        del shelf.texts[name]
    shelf.confirms = False  # they are still there: the collection's query was narrowed
    report = doing(BELIEVE)
    assert report.sources[0].told == [
        "3 items: listed no longer, and not withdrawn either: the text that is held stays as it is"
    ]
    report = doing()
    assert (report.state, report.sources[0].told, report.sources[0].unchanged) == (RunState.DONE, [], 7)
    assert store.get("pmid:9").integrity is Integrity.CURRENT


def test_what_ceased_to_match_is_withdrawn_once_the_source_says_so_and_is_followed_again_if_it_matches(
    doing: Doing, store: Store, shelf: Shelf
) -> None:
    doing()
    eight, nine = shelf.texts.pop("i8"), shelf.texts.pop("i9")
    shelf.confirms = False
    doing()
    shelf.texts["i8"] = eight
    shelf.fetched.clear()
    doing()
    doing()
    assert shelf.fetched == ["i8", "i8"]  # looked at and taken in, once
    shelf.confirms = True
    assert doing().sources[0].withdrawn == 1
    assert store.get("pmid:9").integrity is Integrity.WITHDRAWN
    shelf.texts["i9"] = nine
    doing()
    assert store.get("pmid:9").integrity is Integrity.CURRENT


def test_a_source_that_lists_and_then_has_nothing_is_stopped(doing: Doing, store: Store, shelf: Shelf) -> None:
    doing()
    shelf.texts = {name: f"{text}, revised" for name, text in shelf.texts.items()}
    shelf.vanished = set(shelf.texts)
    report = doing()
    assert report.state is RunState.FAILED
    assert "it gives 0 items, before it were 10" in report.sources[0].stopped
    assert store.get("pmid:3").integrity is Integrity.CURRENT
    shelf.vanished = {"i3"}
    assert doing().sources[0].withdrawn == 1
    assert store.get("pmid:3").integrity is Integrity.WITHDRAWN


def test_a_concern_survives_a_withdrawal_and_the_return(doing: Doing, store: Store, shelf: Shelf) -> None:
    doing()
    store.set_integrity("pmid:9", Integrity.CONCERN, "Expression of concern in: J. 2026")
    text = shelf.texts.pop("i9")
    doing()
    assert store.get("pmid:9").integrity is Integrity.WITHDRAWN
    shelf.texts["i9"] = text
    doing()
    assert store.get("pmid:9").integrity is Integrity.CONCERN


def test_what_was_withdrawn_by_hand_is_not_lifted_by_a_change_of_its_text(
    doing: Doing, store: Store, shelf: Shelf
) -> None:
    doing()
    store.set_integrity("pmid:9", Integrity.WITHDRAWN, "recalled by its maker")
    shelf.texts["i9"] = "pmid:9: other words"
    doing()
    assert store.get("pmid:9").integrity is Integrity.WITHDRAWN


def test_what_is_gone_for_one_collection_is_gone_for_all(doing: Doing, store: Store, shelf: Shelf) -> None:
    doing()
    doing(name="others")
    text = shelf.texts.pop("i9")
    assert doing().sources[0].withdrawn == 1
    assert store.get("pmid:9").integrity is Integrity.WITHDRAWN  # in the same run
    assert doing(name="others").standings == []
    shelf.texts["i9"] = text
    doing(name="others")
    assert store.get("pmid:9").integrity is Integrity.CURRENT


def test_what_one_source_may_no_longer_show_is_not_withdrawn_with_another(
    doing: Doing, store: Store, shelf: Shelf
) -> None:
    other = Shelf({"x": "pmid:9: text 9"})
    doing(other=other)
    other.texts["x"], other.unread["x"] = "pmid:9: text 9, revised", "its licence does not allow it"
    doing(other=other)
    del shelf.texts["i9"]
    doing(other=other)
    assert store.get("pmid:9").integrity is Integrity.CURRENT


def test_what_a_killed_run_was_told_of_others_is_told_again(
    doing: Doing, store: Store, shelf: Shelf, monkeypatch: pytest.MonkeyPatch
) -> None:
    doing()
    shelf.texts["n"] = "pmid:500: a retraction notice"
    shelf.notices["n"] = (Notice((("pmid", "3"),), Integrity.RETRACTED, "Retraction in: J. 2026"),)

    def power_cut(*_: Any) -> int:
        raise KeyboardInterrupt

    with monkeypatch.context() as during:
        during.setattr(job, "apply_notices", power_cut)
        with pytest.raises(KeyboardInterrupt):
            doing()
    assert store.get("pmid:3").integrity is Integrity.CURRENT
    assert doing().resumed
    assert store.get("pmid:3").integrity is Integrity.RETRACTED
    with store.engine.connect() as connection:
        assert items_of(connection, "things", "shelf")["n"].revision == shelf.texts["n"]
    shelf.fetched.clear()
    doing()
    assert shelf.fetched == []


def test_a_notice_about_a_paper_that_is_not_held_waits_for_it(doing: Doing, store: Store, shelf: Shelf) -> None:
    shelf.texts["n"] = "pmid:500: a retraction notice"
    shelf.notices["n"] = (Notice((("pmid", "41"), ("doi", "10.1/41")), Integrity.RETRACTED, "PMID 500 retracts it"),)
    doing()
    shelf.texts["later"] = "pmid:41: a paper"
    report = doing()
    assert [(one.key, one.became, one.why) for one in report.standings] == [
        ("pmid:41", "retracted", "PMID 500 retracts it")
    ]
    assert store.get("pmid:41").integrity is Integrity.RETRACTED


def test_it_waits_for_a_paper_that_is_ingested_from_a_file_too(
    doing: Doing, store: Store, shelf: Shelf, tmp_path: Path
) -> None:
    shelf.texts["n"] = "pmid:500: a correction"
    shelf.notices["n"] = (Notice((("pmid", "41"),), Integrity.CORRECTED, "PMID 500 corrects it"),)
    doing()
    (tmp_path / "one.txt").write_text("pmid:41: a paper")
    report = ingest([tmp_path / "one.txt"], store, WholeSplitter(), retrieved=date(2026, 11, 25), read=read)
    assert report.lines[0].notes == (f"{store.get('pmid:41').id}: it stands as corrected: PMID 500 corrects it",)
    assert store.get("pmid:41").integrity is Integrity.CORRECTED


def test_a_concern_told_while_a_paper_is_withdrawn_is_not_forgotten(doing: Doing, store: Store, shelf: Shelf) -> None:
    doing()
    text = shelf.texts.pop("i9")
    shelf.texts["n"] = "pmid:500: an expression of concern"
    shelf.notices["n"] = (Notice((("pmid", "9"),), Integrity.CONCERN, "PMID 500 expresses concern about it"),)
    doing()
    assert store.get("pmid:9").integrity is Integrity.WITHDRAWN
    shelf.texts["i9"] = text
    doing()
    assert store.get("pmid:9").integrity is Integrity.CONCERN
    assert store.get("pmid:9").notice == "PMID 500 expresses concern about it"


def test_a_name_that_nothing_matches_is_told_of(doing: Doing, shelf: Shelf) -> None:
    shelf.unmatched = ['generic_name "examplmab"']
    told = doing(Order(dry=True)).sources[0].told
    assert told == ['nothing matches generic_name "examplmab": see that it is written as the source writes it']
