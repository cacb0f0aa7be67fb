"""Where the shared test data lies, what happens where it does not, the exported encoder, and a folder set up.

CURBSIDE_TEST_HOME may name a data folder that is kept from one run of the tests to the next: `starter_home` is
then brought up to date there, in seconds, instead of being built from nothing in a minute or two.
"""

import hashlib
import os
import subprocess
import sys
import sysconfig
from pathlib import Path

import pytest

# The fixtures `store`, `open_store`, `database` and `postgres`.
pytest_plugins = ["tests.postgres"]
ROOT = Path(__file__).resolve().parents[1]
SHARED = ROOT.parent / "shared"
# Taken out of the environment: `curbside` refuses a setting that it does not know.
KEPT_HOME = os.environ.pop("CURBSIDE_TEST_HOME", "")


@pytest.fixture(scope="session")
def shared() -> Path:
    """Return the shared data folder; skip (or fail, under CURBSIDE_REQUIRE_SHARED=1) where it is absent."""
    if not SHARED.is_dir():
        reason = f"the shared test data is not at {SHARED}"
        if os.environ.get("CURBSIDE_REQUIRE_SHARED") == "1":
            pytest.fail(reason)
        pytest.skip(reason)
    return SHARED


@pytest.fixture(scope="session")
def model_home() -> Path:
    """Return a data folder that holds the exported, verified encoder and nothing else; exported once, then kept.

    The export runs in a process of its own: torch stays out of the tests, and its warnings too.
    """
    sources = [*sorted((ROOT / "index").glob("export*.py")), *sorted((ROOT / "index/encoders").glob("*.py"))]
    code = hashlib.sha256(b"".join(source.read_bytes() for source in sources)).hexdigest()
    home = ROOT / "build" / f"encoder-{code[:16]}"
    script = (
        "import sys; from pathlib import Path; from index.export import export_model; export_model(Path(sys.argv[1]))"
    )
    done = subprocess.run([sys.executable, "-c", script, str(home)], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return home


@pytest.fixture(scope="session")
def curbside_command() -> Path:
    """Return the installed command."""
    command = Path(sysconfig.get_path("scripts")) / "curbside"
    assert command.exists(), f"{command} is not there: install the project with `make test`, or `pip install -e .`"
    return command


@pytest.fixture(scope="session")
def plain_environment() -> dict[str, str]:
    """Return the environment for a command as a reader of the README has it: no settings, 80 columns, no colours."""
    decides = ("CURBSIDE_", "COLUMNS", "LINES", "FORCE_COLOR", "TTY_", "PYTHONPATH", "MAKE", "MFLAGS")
    kept = {name: value for name, value in os.environ.items() if not name.startswith(decides)}
    return {**kept, "COLUMNS": "80", "HF_HUB_OFFLINE": "1"}


@pytest.fixture(scope="session")
def starter_home(
    tmp_path_factory: pytest.TempPathFactory, curbside_command: Path, plain_environment: dict[str, str]
) -> Path:
    """Return a data folder made by `curbside setup`: encoder, drug names, starter corpus, a published snapshot.

    Every test reads the same one: copy it before you change anything in it.
    """
    home = Path(KEPT_HOME).resolve() if KEPT_HOME else tmp_path_factory.mktemp("starter") / ".curbside"
    done = subprocess.run(
        [curbside_command, "setup"],
        cwd=tmp_path_factory.mktemp("elsewhere"),
        env={**plain_environment, "CURBSIDE_HOME": str(home)},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=1800,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return home
