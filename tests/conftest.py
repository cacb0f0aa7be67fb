"""Where the shared test data lies, and what happens where it does not."""

import os
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
