"""What a new process costs: `curbside ask` from the shell, the service until it is ready, and the memory it keeps.

The comparison in the same run is a new process that imports the plain LangChain stack and loads the same model.
"""

import http.client
import json
import os
import re
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import numpy as np
import typer

from bench.memory import Memory, mapped_packages, memory
from bench.questions import SHARED, questions
from bench.tables import conditions, record, table
from commands.progress import progress_bar
from evals.intervals import bootstrap, percentile

QUESTION = "What are the indications for romosozumab in the treatment of osteoporosis?"
HEAVY = ("torch", "transformers", "sentence_transformers", "langchain_huggingface", "sklearn", "scipy", "pandas")
COMMAND = Path(sys.executable).with_name("curbside")
DEADLINE_S = 60.0


def measure(
    home: Annotated[Path, typer.Option(help="A data folder that is set up.")] = Path(".curbside"),
    asks: Annotated[int, typer.Option(min=1, help="How many cold asks.")] = 11,
    starts: Annotated[int, typer.Option(min=1, help="How many starts of the service.")] = 7,
    loads: Annotated[int, typer.Option(min=1, help="How many loads of the plain stack.")] = 3,
    asked: Annotated[int, typer.Option(min=1, help="Questions to the service before its memory is read.")] = 50,
    shared: Annotated[Path, typer.Option(help="The shared data folder.")] = SHARED,
    keep: Annotated[bool, typer.Option("--record", help="Write the table into docs/measurements.md.")] = False,
) -> None:
    """Print cold ask, time to ready, memory after questions, and heavy packages imported; exit 1 if there are any."""
    environment = {**os.environ, "CURBSIDE_HOME": str(home.resolve())}
    texts = [question.text for question in questions(shared, asked) if not question.history][:asked]
    with progress_bar("cold") as step:
        ask_s = []
        for number in range(asks):
            ask_s.append(_ask(environment))
            step("asks", number + 1, asks)
        ready_s, memories, mapped = [], [], set[str]()
        for number in range(starts):
            with _service(environment) as (pid, port, seconds):
                ready_s.append(seconds)
                if number == starts - 1:
                    memories.append(memory(pid))
                    _post(port, texts)
                    memories.append(memory(pid))
                    mapped = mapped_packages(pid)
            step("starts", number + 1, starts)
        plain = []
        for number in range(loads):
            plain.append(_load_plain())
            step("plain stack", number + 1, loads)
    imported = _imported(environment)
    text = _report(ask_s, ready_s, memories, plain, imported, mapped, len(texts))
    print(text)
    if keep:
        record("cold", text)
    if imported & set(HEAVY) or mapped & set(HEAVY):
        raise typer.Exit(1)


def _ask(environment: dict[str, str]) -> float:
    """Return the seconds that one `curbside ask` takes from start to end. Raises CalledProcessError."""
    began = time.perf_counter()
    subprocess.run([COMMAND, "ask", QUESTION], env=environment, check=True, stdout=subprocess.DEVNULL)
    return time.perf_counter() - began


@contextmanager
def _service(environment: dict[str, str]) -> Iterator[tuple[int, int, float]]:
    """Yield (process id, port, seconds from start until /readyz says 200) of a service that is ended afterwards."""
    port = _free_port()
    with tempfile.TemporaryFile() as log:
        began = time.perf_counter()
        process = subprocess.Popen(
            [COMMAND, "serve", "--port", str(port)], env=environment, stdout=log, stderr=subprocess.STDOUT
        )
        try:
            while not _is_ready(port):
                if process.poll() is not None or time.perf_counter() - began > DEADLINE_S:
                    log.seek(0)
                    raise RuntimeError(
                        f"the service did not become ready: {log.read().decode(errors='replace')[-2000:]}"
                    )
                time.sleep(0.005)
            yield process.pid, port, time.perf_counter() - began
        finally:
            process.terminate()
            process.wait(20)


def _is_ready(port: int) -> bool:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
    try:
        connection.request("GET", "/readyz")
        return connection.getresponse().status == 200
    except OSError:
        return False
    finally:
        connection.close()


def _post(port: int, texts: list[str]) -> None:
    """Ask the service each question. Raises RuntimeError where one is not answered with 200."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    for text in texts:
        connection.request("POST", "/api/ask", json.dumps({"question": text}), {"Content-Type": "application/json"})
        response = connection.getresponse()
        body = response.read()
        if response.status != 200:
            raise RuntimeError(f"{text!r} was answered with {response.status}: {body[:500].decode(errors='replace')}")
    connection.close()


def _imported(environment: dict[str, str]) -> set[str]:
    """Return the top names of every module that `curbside ask` imports."""
    command = [sys.executable, "-X", "importtime", str(COMMAND), "ask", QUESTION]
    found = subprocess.run(command, env=environment, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    names = re.findall(r"^import time:.*\|\s*(\S+)$", found.stderr.decode(), re.MULTILINE)
    return {name.split(".")[0] for name in names}


def _load_plain() -> dict[str, float]:
    """Return what a new process of the plain stack took until it had loaded, answered once, and ended."""
    began = time.perf_counter()
    found = subprocess.run([sys.executable, "-m", "bench.plain_stack"], check=True, stdout=subprocess.PIPE)
    spent: dict[str, float] = json.loads(found.stdout.splitlines()[-1])
    return {**spent, "whole_s": time.perf_counter() - began}


def _free_port() -> int:
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        port: int = held.getsockname()[1]
        return port


def _report(
    ask_s: list[float],
    ready_s: list[float],
    memories: list[Memory],
    plain: list[dict[str, float]],
    imported: set[str],
    mapped: set[str],
    asked: int,
) -> str:
    whole, load = [one["whole_s"] for one in plain], [one["load_s"] for one in plain]
    rows = [
        _row("`curbside ask`, a new process from start to end", ask_s, "at most 2.5"),
        _row("`curbside serve`, from start until /readyz says 200", ready_s, "at most 3"),
        _row("plain LangChain stack: imports and model loaded", load, ""),
        _row("plain LangChain stack: a new process that indexes and asks one sentence", whole, ""),
    ]
    resident = np.median([one["resident_mb"] for one in plain])
    listing = ", ".join(f"{name} {'IMPORTED' if name in imported else 'not imported'}" for name in HEAVY)
    return "\n\n".join(
        (
            "### Cold start and memory",
            table(("seconds", "n", "median (95 %)", "least–greatest", "wanted"), rows),
            f"Service: {memories[0].show()} when ready; {memories[1].show()} after {asked} questions (wanted: at most "
            f"700 MB). The plain stack with one sentence indexed: {resident:.0f} MB resident (median of {len(plain)}).",
            f"Modules of {len(imported)} packages are imported by `curbside ask`: {listing}. Libraries mapped by the "
            f"service come from: {', '.join(sorted(mapped))}.",
            conditions("onnxruntime", "tokenizers", "faiss-cpu", "torch", "langchain-huggingface"),
        )
    )


def _row(name: str, seconds: list[float], wanted: str) -> tuple[str, ...]:
    middle = bootstrap(seconds, percentile(50)).show(2)
    return name, str(len(seconds)), middle, f"{min(seconds):.2f}–{max(seconds):.2f}", wanted


if __name__ == "__main__":
    typer.run(measure)
