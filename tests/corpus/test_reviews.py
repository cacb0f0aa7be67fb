"""Steps of reviews, versions of answers, what is cited today, and reads as rows, the same on both databases."""

import json
import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic import command
from alembic.config import Config

from corpus import migrations, reads, review_queue, reviews
from corpus.database import WRITES, open_file
from corpus.document import Integrity
from corpus.errors import Overtaken
from corpus.reviews import Event, Version
from corpus.store import Store
from corpus.transactions import writing
from tests.corpus.making import document, put
from tests.corpus.test_stale import DAILY, MILK, V1, answer

NOON = datetime(2026, 11, 25, 12, tzinfo=UTC)
HASH = "a" * 64


def event(step: int, of: str = "daily", **fields: object) -> Event:
    values: dict[str, object] = {"at": NOON + timedelta(minutes=step), "who": "anna", "kind": "comment", "hash": HASH}
    return Event(answer_id=of, step=step, data={"text": f"{step}"}, **(values | fields))  # type: ignore[arg-type]


@pytest.fixture
def kept(store: Store) -> Store:
    """Return a store with three answers."""
    put(store, V1)
    for one in (answer("daily", DAILY), answer("milk", MILK), answer("both", DAILY, MILK)):
        store.keep_answer(one)
    return store


def test_steps_come_back_in_order_and_none_is_taken_twice_or_left_out(kept: Store) -> None:
    with writing(kept.engine) as connection:
        for step in (1, 2):
            reviews.append(connection, event(step))
    for step in (1, 2, 4):
        with pytest.raises(Overtaken, match="at step 2"), writing(kept.engine) as connection:
            reviews.append(connection, event(step))
    with kept.engine.connect() as connection:
        assert reviews.events(connection, "daily") == (event(1), event(2))
        assert reviews.events_of(connection, ["milk", "daily"]) == {"milk": (), "daily": (event(1), event(2))}


def test_what_was_done_to_the_very_same_answer_is_found_by_its_hash_in_order_of_time(kept: Store) -> None:
    later = event(1, "milk", at=NOON + timedelta(hours=1))
    with writing(kept.engine) as connection:
        for one in (later, event(1), event(1, "both", hash="b" * 64)):
            reviews.append(connection, one)
        assert reviews.events_on(connection, "daily", HASH) == (event(1), later)
        assert reviews.events_on(connection, "both", "c" * 64) == (event(1, "both", hash="b" * 64),)


def test_the_database_itself_refuses_to_change_the_log(kept: Store) -> None:
    with writing(kept.engine) as connection:
        reviews.append(connection, event(1))
        reviews.link(connection, Version("milk", "daily", "daily", 2, NOON, "anna", "replaced"))
    for statement in (
        "UPDATE review_events SET who = 'berta'",
        "DELETE FROM review_events",
        "UPDATE answer_versions SET who = 'berta'",
        "DELETE FROM answer_versions",
    ):
        with pytest.raises(sa.exc.IntegrityError, match="never"), writing(kept.engine) as connection:
            connection.execute(sa.text(statement))


def test_one_version_follows_another_in_one_line(kept: Store) -> None:
    second, third = (
        Version("milk", "daily", "daily", 2, NOON, "anna", "replaced"),
        Version("both", "milk", "daily", 3, NOON, "berta", "removed"),
    )
    with writing(kept.engine) as connection:
        reviews.link(connection, second)
        reviews.link(connection, third)
        assert reviews.line(connection, "both") == (third, second) and reviews.line(connection, "daily") == ()
        assert (reviews.successor(connection, "daily"), reviews.successor(connection, "both")) == ("milk", None)
        assert [row.answer_id for row in review_queue.rows(connection)] == ["both"]
    with pytest.raises(Overtaken, match="place of daily already"), writing(kept.engine) as connection:
        reviews.link(connection, replace(second, answer_id="both"))


def test_what_is_cited_today_is_counted_in_characters_whatever_they_are(store: Store) -> None:
    made = document(text="𝛂 “Ä” 🩺 Take it once daily.")
    put(store, made)
    store.keep_answer(answer("odd", DAILY, of=made))
    with store.engine.connect() as connection:
        [cited] = reviews.cited_now(connection, "odd")
    assert (cited.characters, cited.integrity) == (DAILY, Integrity.CURRENT)
    store.set_integrity(made.key, Integrity.WITHDRAWN, "a test")
    with store.engine.connect() as connection:
        assert reviews.cited_now(connection, "odd")[0].integrity is Integrity.WITHDRAWN


def test_reads_add_up_and_order_the_queue(kept: Store) -> None:
    with writing(kept.engine) as connection:
        reads.add(connection, {"milk": 2, "both": 1})
        reads.add(connection, {"both": 4})
        assert [reads.of(connection, name) for name in ("both", "milk", "daily")] == [5, 2, 0]
        assert [(row.answer_id, row.reads) for row in review_queue.rows(connection)] == [
            ("both", 5),
            ("milk", 2),
            ("daily", 0),
        ]


def test_a_store_from_before_the_reviews_is_told_how_many_disagreements_its_answers_show(tmp_path: Path) -> None:
    engine = sa.create_engine(f"sqlite:///{tmp_path / 'corpus.db'}")
    config = Config()
    config.set_main_option("script_location", str(migrations.HERE))
    config.set_main_option("path_separator", "os")
    with engine.connect().execution_options(**WRITES) as connection, connection.begin():
        config.attributes["connection"] = connection
        command.upgrade(config, "0002")
        for name, conflicts in (("a", []), ("b", [{}, {}]), ("c", None)):
            body: dict[str, object] = {"id": name} | ({} if conflicts is None else {"conflicts": conflicts})
            values = {"id": name, "json": json.dumps(body), "none": ""}
            insert = "INSERT INTO answers VALUES (:id, :none, :none, '2026-01-01', :none, :none, :json, :none)"
            connection.execute(sa.text(insert), values)
    engine.dispose()
    open_file(tmp_path / "corpus.db").dispose()
    with closing(sqlite3.connect(tmp_path / "corpus.db")) as raw:
        assert raw.execute("SELECT id, conflicts FROM answers ORDER BY id").fetchall() == [("a", 0), ("b", 2), ("c", 0)]
