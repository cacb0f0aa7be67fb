"""The small data folder, read in once for all tests of this folder."""

import shutil
from pathlib import Path

import pytest

from tests.index.corpora import WordEncoder
from tests.small_home import read_in


@pytest.fixture(scope="session")
def small_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a data folder with three documents and a snapshot, made with WordEncoder. Not to be changed."""
    home = tmp_path_factory.mktemp("small")
    report = read_in(home, WordEncoder())
    assert report.read == 3
    return home


@pytest.fixture
def own_home(small_home: Path, tmp_path: Path) -> Path:
    """Return a copy of the small data folder that a test may change."""
    return Path(shutil.copytree(small_home, tmp_path / "home"))
