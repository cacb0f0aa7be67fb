"""The README's commands work as written, print what it shows, and lead to pages that are there.

A ```console block is run line by line, in order, in one folder; of what a command prints, the lines shown must
come in one piece, save where a line `…` stands for lines left out. Commands that reach the service at
127.0.0.1:8000 reach one that the test starts on a free port. Blocks of ```sh show what is too long to run here.
"""

import os
import re
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.checkout import ROOT, checkout_files

README = (ROOT / "README.md").read_text(encoding="utf-8")
BLOCK = re.compile(r"^```(\w+)\n(.*?)^```$", re.DOTALL | re.MULTILINE)
LEFT_OUT = "…"
SERVICE = "127.0.0.1:8000"
# What the README says lies in the folder `evidence`, by where it lies in the shared data.
EVIDENCE = {
    "carvedilol.xml": "labels/spl/prescription_41375a05-871b-6afb-e063-6294a90a48f9.xml",
    "asthma-trial.xml": "research/jats/pubmed-29768149.xml",
    "protected.pdf": "edge/pdf/encrypted-file.pdf",
}


@dataclass(frozen=True, slots=True)
class Shown:
    """A command of the README and the lines shown under it."""

    command: str
    lines: tuple[str, ...]


def blocks(language: str) -> list[str]:
    return [text for name, text in BLOCK.findall(README) if name == language]


def commands(block: str) -> list[Shown]:
    """Return the commands of a block, each with the lines up to the next."""
    parts = re.split(r"^\$ ", block, flags=re.MULTILINE)
    assert parts[0] == "", f"a console block begins with a command: {block[:60]!r}"
    lines = [part.splitlines() for part in parts[1:]]
    return [Shown(command, tuple(shown)) for command, *shown in lines]


def first_difference(shown: tuple[str, ...], printed: list[str]) -> str:
    """Return the first run of lines that was shown and not printed where it should be, "" where there is none."""
    runs: list[list[str]] = [[]]
    for line in shown:
        if line == LEFT_OUT:
            runs.append([])
        else:
            runs[-1].append(line)
    place = 0
    for number, run in enumerate(runs):
        starts = range(place, len(printed) - len(run) + 1)
        if number == 0:
            starts = starts[:1]
        if number == len(runs) - 1 and run:
            starts = starts[-1:]
        found = next((start for start in starts if printed[start : start + len(run)] == run), None)
        if found is None:
            return "\n".join(run)
        place = found + len(run)
    return "" if shown[-1:] == (LEFT_OUT,) or place == len(printed) else "nothing, but more was printed"


@pytest.mark.parametrize(
    ("shown", "fits"),
    [
        ("a b c", True),
        ("a … c", True),
        ("a …", True),
        ("… c", True),
        ("… b …", True),
        ("…", True),
        ("a b", False),
        ("b c", False),
        ("a c", False),
        ("c … a", False),
        ("a … b x", False),
    ],
)
def test_shown_lines_are_compared_whole_and_in_order(shown: str, fits: bool) -> None:
    assert (first_difference(tuple(shown.split()), ["a", "b", "c"]) == "") is fits


@pytest.fixture(scope="module")
def folder(starter_home: Path, shared: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder as the README leaves it after `make run`, with the reader's `evidence` in it."""
    folder = tmp_path_factory.mktemp("reader")
    shutil.copytree(starter_home, folder / ".curbside")
    (folder / "evidence").mkdir()
    for name, source in EVIDENCE.items():
        shutil.copyfile(shared / "data" / source, folder / "evidence" / name)
    return folder


@pytest.fixture(scope="module")
def environment(plain_environment: dict[str, str], curbside_command: Path) -> dict[str, str]:
    """Return the environment of a shell in which `.venv` is active."""
    path = f"{curbside_command.parent}{os.pathsep}{plain_environment['PATH']}"
    return {**plain_environment, "PATH": path, "NO_PROXY": "127.0.0.1", "no_proxy": "127.0.0.1"}


@pytest.fixture(scope="module")
def service(folder: Path, environment: dict[str, str]) -> Iterator[str]:
    """Yield the address of `curbside serve`, once it is ready."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        address = f"127.0.0.1:{probe.getsockname()[1]}"
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    command = ["curbside", "serve", "--port", address.split(":")[1]]
    with (folder / "serve.log").open("wb") as log:
        process = subprocess.Popen(command, cwd=folder, env=environment, stdout=log, stderr=log)
    try:
        until = time.monotonic() + 120
        while process.poll() is None and time.monotonic() < until:
            try:
                opener.open(f"http://{address}/readyz", timeout=5).close()
                break
            except OSError:
                time.sleep(0.1)
        else:
            pytest.fail(f"`curbside serve` did not get ready: {(folder / 'serve.log').read_text()}")
        yield address
    finally:
        process.terminate()
        process.wait(30)


@pytest.mark.parametrize("block", blocks("console"), ids=lambda block: block.splitlines()[0][2:60])
def test_what_the_readme_shows_is_what_its_commands_print(
    block: str, folder: Path, environment: dict[str, str], request: pytest.FixtureRequest
) -> None:
    for shown in commands(block):
        command = shown.command
        if SERVICE in command:
            command = command.replace(SERVICE, request.getfixturevalue("service"))
        done = subprocess.run(
            ["bash", "-c", command],
            cwd=folder,
            env=environment,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, f"{command}\n{done.stdout}{done.stderr}"
        printed = [line.rstrip() for line in done.stdout.splitlines()]
        difference = first_difference(shown.lines, printed)
        assert not difference, f"$ {command}\nshown, but not printed there:\n{difference}\nprinted:\n{done.stdout}"


def test_the_first_screen_is_one_sentence_one_command_and_an_answer_with_citations() -> None:
    first = BLOCK.search(README)
    assert first is not None
    assert first.end() < README.index("\n## ")
    assert README[: first.start()].count(".") == 1
    (shown,) = commands(first[2])
    assert shown.command.startswith('curbside ask "')
    assert any(re.search(r"\[\d+\]$", line) for line in shown.lines)
    assert any(re.match(r" +\[[\d–, ]+\] .*characters \d+–\d+", line) for line in shown.lines)
    assert f"curbside {shown.command.removeprefix('curbside ')}\n" in (ROOT / "Makefile").read_text(encoding="utf-8")


def test_the_python_of_the_readme_prints_what_it_says(folder: Path, environment: dict[str, str]) -> None:
    (code,) = blocks("python")
    (printed,) = blocks("text")
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", code],
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout == printed


def test_set_up_is_the_two_commands_that_make_has() -> None:
    asked = re.findall(r"^make ([\w-]+)", "\n".join(blocks("sh")), re.MULTILINE)
    assert asked == ["run", "test"]
    targets = re.findall(r"^([\w-]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)
    assert {*asked, *re.findall(r"`make ([\w-]+)`", README)} <= set(targets)


def test_every_page_that_a_page_points_to_is_there() -> None:
    pages = [path for path in checkout_files() if path.suffix == ".md" and path.parent in (ROOT, ROOT / "docs")]
    assert ROOT / "README.md" in pages
    missing = [
        f"{page.name}: {link}"
        for page in pages
        for link in re.findall(r"\]\(([^)#]+)[^)]*\)", page.read_text(encoding="utf-8"))
        if "://" not in link and not (page.parent / link).exists()
    ]
    assert not missing


def test_every_benchmark_named_is_there() -> None:
    named = re.findall(r"python -m bench\.(\w+)", README)
    assert len(named) >= 8
    for name in dict.fromkeys(named):
        text = (ROOT / "bench" / f"{name}.py").read_text(encoding="utf-8")
        assert '__name__ == "__main__"' in text, f"bench.{name} is no command"
