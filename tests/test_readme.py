"""The README: what it shows is what is printed, and its commands work as written."""

import re
import shlex
import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
COMMANDS = re.findall(r"^\$ \.venv/bin/curbside (.+)$", README, re.MULTILINE)
# What these need (files of the reader's, a second snapshot) is made by their own tests, in tests/commands.
ELSEWHERE = ("ingest", "index --rollback")
RUN = [command for command in COMMANDS if not command.startswith(ELSEWHERE)]


def curbside(command: Path, home: Path, environment: dict[str, str], *arguments: str) -> str:
    done = subprocess.run(
        [command, *arguments],
        env={**environment, "CURBSIDE_HOME": str(home), "COLUMNS": "100"},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def home(starter_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a copy of the starter folder: asking keeps answers in it."""
    copy = tmp_path_factory.mktemp("readme") / "home"
    shutil.copytree(starter_home, copy)
    return copy


def test_the_answer_shown_is_the_answer_printed(
    curbside_command: Path, home: Path, plain_environment: dict[str, str]
) -> None:
    shown = re.search(r"```text\n(.+?)```", README, re.DOTALL)
    assert shown is not None
    question = shown[1].splitlines()[0]
    printed = iter(curbside(curbside_command, home, plain_environment, "ask", question).splitlines())
    missing = [line for line in shown[1].splitlines() if line.strip() != "…" and line not in printed]
    assert missing == [], "README shows lines, in this order, that the command does not print"
    assert question in (ROOT / "Makefile").read_text(encoding="utf-8")


@pytest.mark.parametrize("line", RUN)
def test_a_command_of_the_readme_works_as_written(
    line: str, curbside_command: Path, home: Path, plain_environment: dict[str, str]
) -> None:
    assert curbside(curbside_command, home, plain_environment, *shlex.split(line)).strip()


def test_the_readme_has_commands_to_run() -> None:
    assert len(RUN) >= 8


@pytest.mark.parametrize("target", ["run", "test"])
def test_the_two_make_targets_do_all_the_set_up(target: str) -> None:
    assert f"$ make {target}" in README
    steps = subprocess.run(["make", "-n", "-B", target], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    assert "torch==2.13.0" in steps
    assert ("curbside serve" if target == "run" else "pytest") in steps


def test_the_langchain_lines_run(home: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    code = re.search(r"```python\n(.+?)```", README, re.DOTALL)
    assert code is not None
    (tmp_path / ".curbside").symlink_to(home)
    monkeypatch.chdir(tmp_path)
    names: dict[str, object] = {}
    exec(code[1], names)
    assert names["documents"]
    assert names["answer"]["status"] == "answered"  # type: ignore[index]


def test_every_page_the_readme_points_to_is_there() -> None:
    missing = [link for link in re.findall(r"\]\(([^)]+)\)", README) if not (ROOT / link).exists()]
    assert missing == []
