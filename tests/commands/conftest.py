"""A small data folder with the real encoder, and the commands run in it as a reader would run them."""

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from curbside import app
from index.encoders.minilm_onnx import MiniLmOnnx
from index.encoders.models import model_folder
from tests.small_home import read_in

Run = Callable[..., Result]


@pytest.fixture(autouse=True)
def _no_settings_of_the_reader(monkeypatch: pytest.MonkeyPatch) -> None:
    """Take every setting out of the environment: what is tested must not depend on who runs the tests."""
    for name in list(os.environ):
        if name.startswith("CURBSIDE_") and name != "CURBSIDE_REQUIRE_SHARED":
            monkeypatch.delenv(name)


@pytest.fixture(scope="session")
def untouched_home(tmp_path_factory: pytest.TempPathFactory, model_home: Path) -> Path:
    """Return a data folder with the exported encoder, three documents and a snapshot. Only to be copied."""
    home = tmp_path_factory.mktemp("untouched")
    shutil.copytree(model_home / "models", home / "models")
    assert read_in(home, MiniLmOnnx(model_folder(home))).read == 3
    return home


@pytest.fixture(scope="session")
def asked_home(untouched_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a copy that all tests share: commands keep answers in it, and nothing else of it is changed."""
    return Path(shutil.copytree(untouched_home, tmp_path_factory.mktemp("asked") / "home"))


@pytest.fixture
def own_home(untouched_home: Path, tmp_path: Path) -> Path:
    """Return a copy of the data folder that a test may change."""
    return Path(shutil.copytree(untouched_home, tmp_path / "home"))


@pytest.fixture
def run(asked_home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Return what runs a command with 80 columns and an empty working folder; errors that are foreseen are raised."""
    monkeypatch.chdir(tmp_path)

    def run(*words: str, home: Path = asked_home, lines: str = "", columns: int = 80) -> Result:
        settings = {"CURBSIDE_HOME": str(home), "COLUMNS": str(columns)}
        result = CliRunner().invoke(app, words, input=lines, env=settings)
        if result.exception is not None and not isinstance(result.exception, SystemExit):
            raise result.exception
        return result

    return run
