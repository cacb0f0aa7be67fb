"""Where the shared test data lies, what happens where it does not, and the exported encoder."""

import hashlib
import os
import subprocess
import sys
from pathlib import Path

import pytest

SHARED = Path(__file__).resolve().parents[2] / "shared"


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
    root = Path(__file__).resolve().parents[1]
    sources = [*sorted((root / "index").glob("export*.py")), *sorted((root / "index/encoders").glob("*.py"))]
    code = hashlib.sha256(b"".join(source.read_bytes() for source in sources)).hexdigest()
    home = root / "build" / f"encoder-{code[:16]}"
    script = (
        "import sys; from pathlib import Path; from index.export import export_model; export_model(Path(sys.argv[1]))"
    )
    done = subprocess.run([sys.executable, "-c", script, str(home)], cwd=root, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return home
