"""The rules of the house, read from the files themselves: layers, formats, errors, names, docstrings, help."""

import ast
import hashlib
import re
import subprocess
import sysconfig
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import typer
from typer.testing import CliRunner

from curbside import app
from tests.checkout import ROOT, checkout_files, modules, shown

PYPROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
PACKAGES = {one.rstrip("*") for one in PYPROJECT["tool"]["setuptools"]["packages"]["find"]["include"]}
# Written in pieces, so that this file does not hold what it looks for.
MACHINE = r"/wo" r"rk/|/ro" r"ot/|/ho" r"me/\w|/fa" r"rm/|/tm" r"p/\w|/opt/py" r"pi"
HOSTS = r"py" r"pi\.org|python" r"hosted\.org|registry\.npm" r"js|deb\.deb" r"ian\.org|download\.py" r"torch"
UNSAFE_MODULES = {"pickle", "cPickle", "cloudpickle", "dill", "joblib", "marshal", "shelve"}
UNSAFE_CALLS = {"torch.load", "pandas.read_pickle", "pd.read_pickle"}
UNSAFE_OPTIONS = {"allow_pickle", "allow_dangerous_deserialization"}


@cache
def parsed(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def trees(*tops: str) -> Iterator[tuple[str, ast.Module]]:
    """Yield each module's name for a message, and its syntax tree."""
    for path in modules(*tops):
        yield shown(path), parsed(path)


def imported(tree: ast.Module) -> Iterator[str]:
    """Yield the full names of the modules that a module imports, wherever in it."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield node.module or ""


def lint_imports(config: Path, folder: Path) -> subprocess.CompletedProcess[str]:
    command = Path(sysconfig.get_path("scripts")) / "lint-imports"
    return subprocess.run(
        [command, "--config", config, "--no-cache"], cwd=folder, capture_output=True, text=True, check=False
    )


def test_each_folder_imports_only_what_lies_before_it() -> None:
    done = lint_imports(ROOT / "pyproject.toml", ROOT)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "Contracts: 1 kept, 0 broken." in done.stdout


def test_the_layers_name_every_package_once_and_qa_and_ingest_stay_apart() -> None:
    contract = PYPROJECT["tool"]["importlinter"]["contracts"][0]
    layers = [name for layer in contract["layers"] for name in layer.split(" | ")]
    assert sorted(layers) == sorted(PACKAGES) == sorted(PYPROJECT["tool"]["importlinter"]["root_packages"])
    assert contract["layers"][::-1] == ["corpus", "index", "ingest | qa", "evals", "commands"]


@pytest.mark.parametrize("importing", ["corpus/bad.py:import qa.answer", "qa/bad.py:from ingest import split"])
def test_an_import_against_the_order_is_noticed(importing: str, tmp_path: Path) -> None:
    for package in PACKAGES:
        (tmp_path / package).mkdir()
        (tmp_path / package / "__init__.py").touch()
    for module in ("qa/answer.py", "ingest/split.py"):
        (tmp_path / module).touch()
    name, line = importing.split(":")
    (tmp_path / name).write_text(line)
    (tmp_path / "pyproject.toml").write_text((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    done = lint_imports(tmp_path / "pyproject.toml", tmp_path)
    assert done.returncode == 1
    assert "Contracts: 0 kept, 1 broken." in done.stdout


def test_what_is_installed_imports_neither_tests_nor_benchmarks() -> None:
    against = [
        f"{name} imports {other}"
        for name, tree in trees(*PACKAGES, "curbside.py")
        for other in imported(tree)
        if other.split(".")[0] in ("tests", "bench")
    ]
    assert not against


def test_only_the_door_reads_settings() -> None:
    readers = {name for name, tree in trees(*PACKAGES) if any(one == "commands.settings" for one in imported(tree))}
    assert readers
    assert all(name.startswith("commands/") for name in readers)


def test_nothing_is_read_or_written_in_a_format_that_runs_code() -> None:
    found = []
    for name, tree in trees():
        found += [f"{name} imports {one}" for one in imported(tree) if one.split(".")[0] in UNSAFE_MODULES]
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and ast.unparse(node.func) in UNSAFE_CALLS:
                found.append(f"{name}:{node.lineno} calls {ast.unparse(node.func)}")
            if isinstance(node, ast.keyword) and node.arg in UNSAFE_OPTIONS and ast.unparse(node.value) != "False":
                found.append(f"{name}:{node.value.lineno} sets {node.arg}")
    assert not found


def test_an_error_is_caught_by_its_name_or_raised_again() -> None:
    found = [
        f"{name}:{node.lineno}"
        for name, tree in trees()
        for node in ast.walk(tree)
        if isinstance(node, ast.ExceptHandler)
        and (node.type is None or re.search(r"\b(Base)?Exception\b", ast.unparse(node.type)))
        and ast.unparse(node.body[-1]) != "raise"
    ]
    assert not found


def test_every_module_begins_by_saying_what_it_is_for() -> None:
    # A test is named for the module that it tests, and its functions say what holds.
    modules_of_code = [(name, tree) for name, tree in trees() if not Path(name).name.startswith("test_")]
    silent = [name for name, tree in modules_of_code if tree.body and not ast.get_docstring(tree)]
    assert len(modules_of_code) > 200
    assert not silent


def test_no_file_names_a_folder_of_one_machine_or_a_host_of_a_package_registry() -> None:
    found = [
        f"{shown(path)}:{number}: {line.strip()[:120]}"
        for path in checkout_files()
        for number, line in enumerate(path.read_text(encoding="utf-8", errors="replace").splitlines(), 1)
        if re.search(f"{MACHINE}|{HOSTS}", line)
    ]
    assert not found


def test_nothing_is_left_for_later_in_the_code() -> None:
    marks = re.compile("TO" r"DO\b|FIX" r"ME\b|for " "now\\b")
    found = [
        f"{shown(path)}:{number}"
        for path in modules()
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if marks.search(line)
    ]
    assert not found


def test_no_file_of_the_shared_data_is_copied_into_the_project(shared: Path) -> None:
    def hashes(paths: Iterator[Path]) -> dict[str, Path]:
        return {hashlib.sha256(path.read_bytes()).hexdigest(): path for path in paths if path.stat().st_size > 200}

    theirs = hashes(path for path in (shared / "data").rglob("*") if path.is_file())
    ours = hashes(iter(checkout_files()))
    assert len(theirs) > 100, "the shared data is not what it was: this test would find nothing"
    assert not [f"{shown(ours[one])} is {theirs[one].name}" for one in ours.keys() & theirs.keys()]


def commands() -> dict[str, Any]:
    """Return every command by the words that call it, "" the door itself."""

    def below(words: str, command: Any) -> Iterator[tuple[str, Any]]:
        yield words, command
        for name, inner in getattr(command, "commands", {}).items():
            yield from below(f"{words} {name}".strip(), inner)

    return dict(below("", typer.main.get_command(app)))


@pytest.mark.parametrize("words", commands())
def test_every_command_says_what_it_does_and_what_each_option_means(
    words: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "200")
    done = CliRunner().invoke(app, [*words.split(), "--help"])
    assert done.exit_code == 0, done.output
    command = commands()[words]
    assert len((command.help or "").split()) >= 4, f"`curbside {words}` does not say what it does"
    said = " ".join(done.output.split())
    assert (command.help or "").split("\n")[0] in said
    for parameter in command.params:
        name = max(parameter.opts, key=len)
        if name.startswith("--") and name not in ("--install-completion", "--show-completion"):
            assert name in said
        assert getattr(parameter, "help", None), f"`curbside {words}`: {name} has no help"


def test_there_are_the_commands_that_the_documents_speak_of() -> None:
    documents = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
    text = "\n".join(path.read_text(encoding="utf-8") for path in documents)
    spoken = set(re.findall(r"(?:`|\$ )curbside ([a-z]+)\b", text))
    assert spoken <= {words.split()[0] for words in commands() if words}
    assert {"ask", "chat", "ingest", "serve", "doctor"} <= spoken
