"""`curbside chat` holds a conversation, and ends cleanly in every way that a terminal offers."""

import os
import pty
import select
import subprocess
import sys
import time
from pathlib import Path

import pytest

from corpus.store import Store
from tests.commands.conftest import Run
from tests.small_home import INDICATION

ROOT = Path(__file__).resolve().parents[2]
FOLLOWS = "What is its recommended dose?"


def test_a_question_is_understood_from_those_before_it_and_kept(run: Run, own_home: Path) -> None:
    said = run("chat", home=own_home, lines=f"{INDICATION}\n{FOLLOWS}\n\nnever asked\n")
    assert said.exit_code == 0
    assert "Understood as: What is examplumab's recommended dose?" in said.stdout
    with Store.open(own_home) as store:
        assert [kept.question for kept in store.answers(2)] == [FOLLOWS, INDICATION]


def test_new_begins_another_conversation(run: Run) -> None:
    said = run("chat", lines=f"{INDICATION}\n/new\n{FOLLOWS}\n")
    assert "A new conversation." in said.stdout
    assert "names no drug" in " ".join(said.stdout.split())


def test_what_is_no_question_is_said_and_the_conversation_goes_on(run: Run) -> None:
    said = run("chat", lines=f"???\n[bold]!\n{INDICATION}\n")
    assert said.exit_code == 0
    assert "found only '???'" in " ".join(said.stdout.split())
    assert "indicated for the treatment of osteoporosis" in said.stdout


def test_the_end_of_input_ends_it(run: Run) -> None:
    assert run("chat", lines="").exit_code == 0


@pytest.mark.parametrize("key", [b"\x03", b"\x04", b"\n"])
def test_on_a_terminal_ctrl_c_ctrl_d_and_an_empty_line_end_it_without_a_trace(asked_home: Path, key: bytes) -> None:
    reader, terminal = pty.openpty()
    environment = {**os.environ, "CURBSIDE_HOME": str(asked_home), "PYTHONPATH": str(ROOT), "TERM": "xterm"}
    chat = subprocess.Popen(
        [sys.executable, "-m", "curbside", "chat"],
        stdin=terminal,
        stdout=terminal,
        stderr=terminal,
        env=environment,
        start_new_session=True,
        preexec_fn=lambda: os.close(os.open(os.ttyname(0), os.O_RDWR)),  # makes it the controlling terminal
    )
    os.close(terminal)
    shown = b""
    until = time.monotonic() + 60
    while b"> " not in shown and time.monotonic() < until:
        shown += os.read(reader, 4096) if select.select([reader], [], [], 1)[0] else b""
    os.write(reader, key)
    assert chat.wait(30) == 0
    while select.select([reader], [], [], 0)[0]:
        try:
            shown += os.read(reader, 4096)
        except OSError:  # nobody holds the other end any more
            break
    os.close(reader)
    assert b"Traceback" not in shown
    assert b"Ask a question" in shown
