"""A refresh that is killed anywhere is finished by the next one: nothing lost, nothing doubled, nothing asked twice."""

import multiprocessing
import random
import shutil
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from corpus.refreshing import RunState, items_of, runs
from corpus.schema import answers, documents
from corpus.store import Store
from corpus.verify import verify
from index.pointer import read_pointer
from tests.ingest.refresh.doomed import doomed, refreshed
from tests.replay.openfda import OpenFda
from tests.replay.server import Replay, replaying

POINTS = 32
FOLLOW = {"set_ids": [f"00000000-0000-4000-8000-{n:012d}" for n in range(12)], "page_size": 3}


def record(n: int, dose: int = 10) -> dict[str, Any]:
    return {
        "set_id": FOLLOW["set_ids"][n],  # type: ignore[index]
        "id": f"10000000-0000-4000-8000-{n:012d}",
        "version": "1",
        "effective_time": f"202601{n + 1:02d}",
        "indications_and_usage": [f"1 INDICATIONS AND USAGE Examplumab {n} is indicated for the treatment of gout."],
        "dosage_and_administration": [
            f"2 DOSAGE AND ADMINISTRATION The recommended dose is {dose} mg once a day. Take it with water."
        ],
        "openfda": {"generic_name": [f"EXAMPLUMAB {n}"], "brand_name": [f"SAMPLA {n}"]},
    }


def moved() -> OpenFda:
    """Return the service after the world has moved: two labels changed, one gone, one new."""
    records = [record(n) for n in range(11)]
    records[2], records[5] = record(2, dose=20), record(5, dose=50)
    return OpenFda([one for n, one in enumerate(records) if n != 7] + [record(11)], FOLLOW)


@pytest.fixture(scope="module")
def begun(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a data folder as it was before the world moved."""
    home = tmp_path_factory.mktemp("before") / "home"
    with replaying(OpenFda([record(n) for n in range(11)], FOLLOW)) as server:
        refreshed(home, server.url, FOLLOW)
    return home


def state(home: Path) -> dict[str, object]:
    """Return all that a refresh decides: what is held, what is noted of the source, what is served."""
    with Store.open(home) as store, store.engine.connect() as connection:
        assert list(verify(store)) == []
        held = sa.select(documents.c.id, documents.c.is_current).order_by(documents.c.id)
        return {
            "documents": [tuple(row) for row in connection.execute(held)],
            "fingerprint": store.fingerprint(),
            "items": items_of(connection, "things", "openfda"),
            "answers": connection.execute(sa.select(sa.func.count()).select_from(answers)).scalar_one(),
            "snapshot": read_pointer(home)[0],
            "running": [one.id for one in runs(connection) if one.state is RunState.RUNNING],
        }


def killed_at(point: int, begun: Path, folder: Path, server: Replay) -> int:
    """Return the exit code of a process that refreshes a copy of the data folder until the point."""
    home = folder / "home"
    shutil.copytree(begun, home)
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["tests.ingest.refresh.doomed"])
    process = context.Process(target=doomed, args=(str(home), server.url, FOLLOW, point, str(folder / "told")))
    process.start()
    process.join(60)
    assert process.exitcode is not None
    return process.exitcode


def test_killed_at_any_point_the_next_run_finishes_the_work(begun: Path, tmp_path: Path) -> None:
    with replaying(moved()) as server:
        (tmp_path / "whole").mkdir()
        assert killed_at(0, begun, tmp_path / "whole", server) == 0
        wanted, length = state(tmp_path / "whole" / "home"), int((tmp_path / "whole" / "told").read_text())
        assert length > 100
        drawn = random.Random(20261125).sample(range(2, length), POINTS - 2)
        resumed = 0
        for point in sorted({1, length, *drawn}):
            folder = tmp_path / str(point)
            folder.mkdir()
            server.asked.clear()
            assert killed_at(point, begun, folder, server) == -9, point
            before = [one.query for one in server.asked]
            server.asked.clear()
            report = refreshed(folder / "home", server.url, FOLLOW)
            assert state(folder / "home") == wanted, point
            if report.resumed:
                resumed += 1
                assert [one.query for one in server.asked if one.query in before] == [], point
            last = refreshed(folder / "home", server.url, FOLLOW)
            assert (last.sources[0].unchanged, last.encoded, last.resumed) == (11, 0, False), point
            shutil.rmtree(folder)
        assert resumed > POINTS / 2


def test_what_was_fetched_before_it_was_killed_is_not_asked_for_again(begun: Path, tmp_path: Path) -> None:
    (tmp_path / "whole").mkdir()
    with replaying(moved()) as server:
        assert killed_at(0, begun, tmp_path / "whole", server) == 0
        length, requests = int((tmp_path / "whole" / "told").read_text()), len(server.asked)
        server.asked.clear()
        assert killed_at(length - 3, begun, tmp_path, server) == -9  # everything was fetched by then
        assert len(server.asked) == requests
        report = refreshed(tmp_path / "home", server.url, FOLLOW)
        assert len(server.asked) == requests
    assert (report.resumed, report.sources[0].requests) == (True, 0)


def test_it_encodes_what_has_changed_and_nothing_else(begun: Path, tmp_path: Path) -> None:
    home = tmp_path / "home"
    shutil.copytree(begun, home)
    with replaying(moved()) as server:
        report = refreshed(home, server.url, FOLLOW)
    # Two doses changed: a passage and its first sentence each; a new label: two passages, and of its three sentences
    # the one that no other label has.
    assert report.encoded == 2 * 2 + 2 + 1
    assert (report.sources[0].new, report.sources[0].changed, report.sources[0].withdrawn) == (1, 2, 1)
