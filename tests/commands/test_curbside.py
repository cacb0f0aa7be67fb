"""The door: foreseen failures are one sentence, usage errors are Typer's own, and little is imported."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

import curbside
from tests.small_home import INDICATION

ROOT = Path(__file__).resolve().parents[2]
HEAVY = (
    "torch",
    "transformers",
    "sentence_transformers",
    "langchain",
    "langchain_core",
    "fastapi",
    "uvicorn",
    "alembic",
)


def run(*words: str, **settings: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "curbside", *words],
        env={**os.environ, "PYTHONPATH": str(ROOT), **settings},
        capture_output=True,
        text=True,
        cwd=ROOT / "docs",  # not the tests: their folder of the same name would be taken for the commands
    )


def main(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, *words: str) -> tuple[int, str, str]:
    monkeypatch.setattr(sys, "argv", ["curbside", *words])
    with pytest.raises(SystemExit) as ended:
        curbside.main()
    printed = capsys.readouterr()
    return int(ended.value.code or 0), printed.out, printed.err


def test_a_foreseen_failure_is_one_sentence_and_status_2(tmp_path: Path) -> None:
    done = run("ask", INDICATION, CURBSIDE_HOME=str(tmp_path / "[red]none[/red]"))
    assert (done.returncode, done.stdout) == (2, "")
    [line] = done.stderr.splitlines()
    assert line.startswith("curbside: no verified encoder at ")
    assert "[red]none[/red]" in line


def test_an_unknown_setting_is_one_sentence(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CURBSIDE_PROT", "1")
    status, out, err = main(capsys, monkeypatch, "doctor")
    assert (status, out) == (2, "")
    assert "unknown setting CURBSIDE_PROT" in err


def test_a_folder_that_is_a_file_is_one_sentence(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "home").write_text("not a folder")
    monkeypatch.setenv("CURBSIDE_HOME", str(tmp_path / "home"))
    status, _, err = main(capsys, monkeypatch, "setup")
    assert status == 2
    assert err.count("\n") == 1
    assert "File exists" in err


@pytest.mark.parametrize(
    "words", [["ask"], ["nosuch"], ["search", "a", "-k", "0"], ["search", "a", "--kind", "rumour"]]
)
def test_wrong_usage_is_told_by_typer_with_status_2(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, words: list[str]
) -> None:
    status, out, err = main(capsys, monkeypatch, *words)
    assert (status, out) == (2, "")
    assert "Usage: " in err


def test_every_command_has_help(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    for command in ("setup", "ask", "chat", "search", "ingest", "index", "serve", "doctor", "corpus"):
        status, out, _ = main(capsys, monkeypatch, command, "--help")
        assert status == 0
        assert "Usage: " in out


def imported(*words: str, **settings: str) -> set[str]:
    """Return the top-level modules that a command had imported when it ended."""
    script = (
        "import json, sys, atexit; sys.argv = ['curbside', *json.loads(sys.argv[1])]; "
        "atexit.register(lambda: print('\\n' + json.dumps(sorted({n.split('.')[0] for n in sys.modules})))); "
        "import curbside; curbside.main()"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, json.dumps(words)],
        env={**os.environ, "PYTHONPATH": str(ROOT), **settings},
        capture_output=True,
        text=True,
        cwd=ROOT / "docs",  # not the tests: their folder of the same name would be taken for the commands
    )
    assert done.returncode == 0, done.stderr
    return set(json.loads(done.stdout.splitlines()[-1]))


def test_asking_imports_nothing_of_the_export_the_service_or_langchain(asked_home: Path) -> None:
    modules = imported("ask", INDICATION, CURBSIDE_HOME=str(asked_home))
    assert "onnxruntime" in modules
    assert modules.isdisjoint(HEAVY)


def test_help_imports_neither_numpy_nor_the_store_nor_the_settings() -> None:
    modules = imported("--help")
    assert "typer" in modules
    assert modules.isdisjoint({*HEAVY, "numpy", "sqlalchemy", "onnxruntime", "faiss", "pydantic", "structlog"})
