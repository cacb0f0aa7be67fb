"""What `make` and `.ci/run` do, what a wheel holds, and whether a wheel works where it is installed."""

import os
import re
import shutil
import subprocess
import sys
import tomllib
import zipfile
from importlib.metadata import PackageNotFoundError, requires
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.checkout import ROOT, checkout_files

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
TABLES = (".json", ".jsonl", ".html", ".toml")
PACKAGES = ("corpus", "ingest", "index", "qa", "evals", "commands")
# Imports every module of the installed packages, and shows where they came from.
IMPORT_ALL = """
import importlib, pkgutil, sys
from pathlib import Path
names = ["curbside"]
for top in sys.argv[1:]:
    package = importlib.import_module(top)
    names += [top, *(one.name for one in pkgutil.walk_packages(package.__path__, f"{top}."))]
for name in names:
    if not name.startswith("corpus.migrations."):  # Alembic runs these, with a database
        print(name, importlib.import_module(name).__file__)
"""
USE = """
from importlib.resources import files
from pathlib import Path
from corpus.store import Store
from index.engines.base import engine_names
from ingest.readers.base import readers
with Store.open(Path("home")) as store:
    print(store.stats().versions, *engine_names())
print(len(readers()))
print(sum(1 for _ in (files("corpus") / "starter").rglob("*.md")))
"""


def make(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run make as in a fresh clone, with nothing in the environment of the make that runs the tests."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("MAKE", "MFLAGS"))}
    return subprocess.run(
        ["make", *arguments], cwd=folder, env=environment, capture_output=True, text=True, check=False
    )


@pytest.fixture
def fresh(tmp_path: Path) -> Path:
    """Return a folder with what make looks at, nothing installed."""
    for name in ("Makefile", "pyproject.toml", "constraints.txt"):
        shutil.copy(ROOT / name, tmp_path / name)
    return tmp_path


def steps(fresh: Path, target: str) -> list[str]:
    done = make(fresh, "--dry-run", target)
    assert done.returncode == 0, done.stderr
    return [line.strip() for line in done.stdout.splitlines() if not line.strip().startswith("echo")]


def test_make_run_installs_sets_up_answers_and_serves_in_that_order(fresh: Path) -> None:
    install = ".venv/bin/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt"
    assert steps(fresh, "run")[-7:] == [
        "python3 -m venv .venv",
        f"{install} torch==2.13.0",
        f"{install} --editable '.[export]'",
        "touch .venv/installed",
        ".venv/bin/curbside setup",
        '.venv/bin/curbside ask "What are the indications for romosozumab in the treatment of osteoporosis?"',
        ".venv/bin/curbside serve",
    ]


def test_make_test_installs_what_the_tests_import_and_runs_them(fresh: Path) -> None:
    done = steps(fresh, "test")
    assert done[-1] == ".venv/bin/pytest"
    assert [line for line in done if "--editable '.[export,eval,postgresql,bench,dev]'" in line]
    assert not [line for line in done if "curbside setup" in line or "serve" in line]


def test_what_is_installed_already_is_not_installed_again(fresh: Path) -> None:
    (fresh / ".venv/bin").mkdir(parents=True)
    for name in ("bin/python", "installed", "installed-dev"):
        (fresh / ".venv" / name).touch()
    assert steps(fresh, "test") == [".venv/bin/pytest"]
    os.utime(fresh / "pyproject.toml", (2**31, 2**31))
    assert any("pip install" in line for line in steps(fresh, "test"))


def test_an_old_python_is_refused_by_its_version_before_anything_is_made(fresh: Path) -> None:
    old = fresh / "old-python"
    old.write_text('#!/bin/sh\n[ "$1" = -V ] && echo "Python 3.9.2" && exit 0\nexit 1\n')
    old.chmod(0o755)
    done = make(fresh, "PYTHON=./old-python", ".venv/bin/python")
    assert done.returncode != 0
    assert "Curbside needs Python 3.11 or newer, ./old-python is Python 3.9.2" in done.stderr
    assert not (fresh / ".venv").exists()


def test_ci_runs_make_test_in_the_checkout_with_the_shared_data_required(tmp_path: Path) -> None:
    stand_in = tmp_path / "make"
    stand_in.write_text('#!/bin/sh\necho "$PWD|$*|$CURBSIDE_REQUIRE_SHARED"\n')
    stand_in.chmod(0o755)
    environment = {**os.environ, "PATH": f"{tmp_path}{os.pathsep}{os.environ['PATH']}"}
    environment.pop("CURBSIDE_REQUIRE_SHARED", None)
    done = subprocess.run([ROOT / ".ci/run"], cwd=tmp_path, env=environment, capture_output=True, text=True, check=True)
    assert done.stdout == f"{ROOT}|test|1\n"


def test_every_dependency_is_held_to_a_tested_version_and_torch_to_one() -> None:
    lines = (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
    newest = {}
    for line in lines:
        if not line.startswith("#"):
            held = Requirement(line)
            newest[canonicalize_name(held.name)] = next(one.version for one in held.specifier if one.operator == "<=")
    extras = PROJECT["optional-dependencies"]
    declared = [
        Requirement(one) for one in (*PROJECT["dependencies"], *(one for own in extras.values() for one in own))
    ]
    for one in declared:
        if one.name == "torch":
            assert str(one.specifier) == "==2.13.0"
        else:
            assert one.specifier.contains(newest[canonicalize_name(one.name)]), f"{one}: constraints.txt says otherwise"
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    assert set(re.findall(r"torch==([\w.]+)", makefile)) == {"2.13.0"}
    assert "torch" not in newest


def test_who_only_asks_installs_neither_torch_nor_what_needs_it() -> None:
    seen: set[str] = set()
    open_ends = {canonicalize_name(Requirement(one).name) for one in PROJECT["dependencies"]}
    while open_ends:
        name = open_ends.pop()
        seen.add(name)
        try:
            lines = requires(name) or []
        except PackageNotFoundError:  # of another platform or Python
            continue
        for one in map(Requirement, lines):
            if one.marker is None or one.marker.evaluate({"extra": ""}):
                open_ends |= {canonicalize_name(one.name)} - seen
    assert {"numpy", "sqlalchemy", "starlette"} <= seen
    assert not seen & {"torch", "transformers", "sentence-transformers", "scipy", "pandas"}


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a wheel built from the files of the checkout alone, nothing that lies about beside them."""
    source = tmp_path_factory.mktemp("source")
    for path in checkout_files():
        copy = source / path.relative_to(ROOT)
        copy.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, copy)
    out = tmp_path_factory.mktemp("wheel")
    pip(source, "wheel", "--no-deps", "--no-build-isolation", "--wheel-dir", str(out), ".")
    (built,) = out.glob("curbside-*.whl")
    return built


def pip(folder: Path, *arguments: str) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "pip", "--quiet", "--disable-pip-version-check", *arguments],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_a_wheel_holds_every_module_the_starter_corpus_and_the_licence_and_nothing_else(wheel: Path) -> None:
    inside = {name for name in zipfile.ZipFile(wheel).namelist() if ".dist-info/" not in name}
    ours = {path.relative_to(ROOT).as_posix() for path in checkout_files()}
    modules = {name for name in ours if name.split("/")[0] in PACKAGES and name.endswith(".py")}
    starter = {name for name in ours if re.fullmatch(r"corpus/starter/\w+/.+\.md", name)}
    assert len(starter) > 100
    tables = {name for name in ours if name.split("/")[0] in PACKAGES and name.endswith(TABLES)}
    assert {"qa/rationale.json", "evals/gold/missing_facts.jsonl", "evals/templates/report.html"} <= tables
    pages = {name for name in ours if name.startswith("qa/web/static/")}
    assert {"qa/web/static/site.css", "qa/web/static/vendor/htmx-2.0.11/LICENSE"} <= pages
    assert inside == modules | starter | tables | pages | {"curbside.py", "corpus/migrations/script.py.mako"}
    about = {name.split(".dist-info/")[1] for name in zipfile.ZipFile(wheel).namelist() if ".dist-info/" in name}
    assert {"licenses/LICENSE", "entry_points.txt"} <= about


def test_a_wheel_works_where_it_is_installed(wheel: Path, tmp_path: Path, plain_environment: dict[str, str]) -> None:
    site = tmp_path / "site"
    pip(tmp_path, "install", "--no-deps", "--no-index", "--target", str(site), str(wheel))

    def python(*arguments: str) -> str:
        done = subprocess.run(
            [sys.executable, *arguments],
            cwd=tmp_path,
            env={**plain_environment, "PYTHONPATH": str(site)},
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    imported = dict(line.split(" ", 1) for line in python("-c", IMPORT_ALL, *PACKAGES).splitlines())
    assert {"curbside", "corpus.store", "ingest.readers.spl", "index.engines.faiss_flat", "qa.serve"} <= imported.keys()
    elsewhere = {name: path for name, path in imported.items() if not Path(path).is_relative_to(site)}
    assert not elsewhere
    store, readers, starter = python("-c", USE).splitlines()
    assert store.split() == ["0", *sorted(path.stem for path in (ROOT / "index/engines").glob("faiss_*.py"))]
    assert int(readers) >= 8
    assert int(starter) == len(list((ROOT / "corpus/starter").rglob("*.md")))
    assert "Usage: curbside" in python("-m", "curbside", "--help")
    assert (site / "bin/curbside").exists()
