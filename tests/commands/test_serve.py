"""`curbside serve` starts whether or not anything is published, answers, logs JSON, and stops when told."""

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest

from tests.small_home import INDICATION

ROOT = Path(__file__).resolve().parents[2]


@contextmanager
def served(home: Path, port: int) -> Iterator[tuple[httpx.Client, "subprocess.Popen[str]"]]:
    """Yield a client of the command, once it listens, and its process."""
    process = subprocess.Popen(
        [sys.executable, "-m", "curbside", "serve", "--port", str(port)],
        env={**os.environ, "CURBSIDE_HOME": str(home), "PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        cwd=home,
    )
    try:
        with httpx.Client(base_url=f"http://127.0.0.1:{port}", timeout=30, trust_env=False) as client:
            _wait(client, process)
            yield client, process
    finally:
        process.kill()
        process.communicate()


def _wait(client: httpx.Client, process: "subprocess.Popen[str]") -> None:
    until = time.monotonic() + 60
    while process.poll() is None and time.monotonic() < until:
        try:
            client.get("/healthz")
            return
        except httpx.TransportError:
            time.sleep(0.05)
    pytest.fail(f"the service did not start: {process.communicate()[1]}")


@pytest.fixture
def port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as free:
        return int(free.getsockname()[1])


def test_it_answers_and_stops_cleanly_with_a_log_that_is_json_and_says_nothing_of_the_question(
    asked_home: Path, port: int
) -> None:
    with served(asked_home, port) as (client, process):
        assert client.get("/readyz").json()["status"] == "ready"
        assert client.post("/api/ask", json={"question": INDICATION}).json()["status"] == "answered"
        client.get("/api/search", params={"q": INDICATION})
        process.send_signal(signal.SIGTERM)
        out, err = process.communicate(timeout=30)
    lines = [json.loads(line) for line in err.splitlines()]
    first, second = out.splitlines()
    assert first.startswith("The first account was made: name admin, one-time password ")
    assert second.startswith(f"Sign in on http://127.0.0.1:{port}/login and change it.")
    assert first.split()[-1] not in err, "a password is never logged"
    assert [line["path"] for line in lines if line.get("path", "").startswith("/api")] == ["/api/ask", "/api/search"]
    assert "indicated" not in err
    assert process.returncode in (0, -signal.SIGTERM)


def test_with_nothing_published_it_starts_and_says_that_it_is_not_ready(
    model_home: Path, tmp_path: Path, port: int
) -> None:
    shutil.copytree(model_home / "models", tmp_path / "models")
    with served(tmp_path, port) as (client, _):
        ready = client.get("/readyz")
        assert ready.status_code == 503
        assert "curbside index" in ready.json()["error"]
