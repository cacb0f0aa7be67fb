"""A second ingest waits for the first and says so, or gives up and names it."""

import os
import signal
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from corpus.errors import Busy
from ingest.lock import ingest_lock

REPOSITORY = Path(__file__).resolve().parents[2]
HOLD = """
import sys
from pathlib import Path
from ingest.lock import ingest_lock

with ingest_lock(Path(sys.argv[1]), 0, print):
    print("held", flush=True)
    sys.stdin.readline()
"""


def holder(home: Path) -> subprocess.Popen[str]:
    """Return a process that holds the lock until its input ends."""
    command = [sys.executable, "-c", HOLD, str(home)]
    pipe = subprocess.PIPE
    process = subprocess.Popen(command, cwd=REPOSITORY, stdin=pipe, stdout=pipe, text=True)
    assert process.stdout is not None
    assert process.stdout.readline() == "held\n"
    return process


def test_a_free_lock_is_taken_without_a_word(tmp_path: Path) -> None:
    said: list[str] = []
    for _ in range(2):
        with ingest_lock(tmp_path / "new", 1, said.append):
            assert (tmp_path / "new" / "ingest.pid").read_text() == str(os.getpid())
    assert said == []
    assert not (tmp_path / "new" / "ingest.pid").exists()


def test_the_second_gives_up_after_its_wait_and_names_the_first(tmp_path: Path) -> None:
    said: list[str] = []
    with holder(tmp_path) as first:
        with (
            pytest.raises(Busy, match=f"process {first.pid} is still ingesting"),
            ingest_lock(tmp_path, 0.2, said.append),
        ):
            pytest.fail("two ingests at once")
        first.communicate()
    assert [f"process {first.pid}" in line for line in said] == [True]


def test_the_second_goes_on_when_the_first_has_ended(tmp_path: Path) -> None:
    with holder(tmp_path) as first:
        timer = threading.Timer(0.3, first.communicate)
        timer.start()
        with ingest_lock(tmp_path, 30, lambda line: None):
            assert first.wait(10) == 0
        timer.join()


def test_a_killed_holder_lets_go_and_its_number_is_not_believed(tmp_path: Path) -> None:
    with holder(tmp_path) as first:
        first.send_signal(signal.SIGKILL)
        first.communicate()
    said: list[str] = []
    with ingest_lock(tmp_path, 0, said.append):
        assert (tmp_path / "ingest.pid").read_text() == str(os.getpid())
    assert said == []
