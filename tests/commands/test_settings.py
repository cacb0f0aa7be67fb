"""Settings: environment over file over defaults, and what is not known is refused."""

from pathlib import Path

import pytest

from commands import settings
from corpus.errors import BadInput


@pytest.fixture(autouse=True)
def empty_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("CURBSIDE_HOME", raising=False)
    return tmp_path


def test_without_a_file_the_defaults_hold() -> None:
    assert settings.load().port == 8000


def test_the_environment_wins_over_the_file(empty_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (empty_folder / "curbside.toml").write_text("port = 8001\nkeep_snapshots = 5\n")
    monkeypatch.setenv("CURBSIDE_PORT", "8002")
    loaded = settings.load()
    assert (loaded.port, loaded.keep_snapshots) == (8002, 5)


def test_an_unknown_key_in_the_file_is_refused_by_name(empty_folder: Path) -> None:
    (empty_folder / "curbside.toml").write_text("prot = 8001\n")
    with pytest.raises(BadInput, match=r"prot.*Known keys: .*engine, .*port"):
        settings.load()


def test_an_unknown_variable_in_the_environment_is_refused_by_name(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CURBSIDE_PROT", "8001")
    with pytest.raises(BadInput, match="unknown setting CURBSIDE_PROT"):
        settings.load()


def test_a_wrong_value_says_what_was_found(empty_folder: Path) -> None:
    (empty_folder / "curbside.toml").write_text("port = 'eight'\n")
    with pytest.raises(BadInput, match=r"port: .*found 'eight'"):
        settings.load()


def test_a_broken_file_says_so(empty_folder: Path) -> None:
    (empty_folder / "curbside.toml").write_text("port = \n")
    with pytest.raises(BadInput, match="not valid TOML"):
        settings.load()


def test_every_setting_is_documented() -> None:
    documented = (Path(__file__).parents[2] / "docs" / "settings.md").read_text()
    missing = [name for name in settings.Settings.model_fields if f"`{name}`" not in documented]
    assert missing == []
