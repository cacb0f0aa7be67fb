"""The files of the checkout as git sees them, for the tests that look at the project itself."""

import subprocess
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]


@cache
def checkout_files() -> tuple[Path, ...]:
    """Return the files that are tracked, or would be with the next commit; ignored ones are left out."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    files = (ROOT / name for name in sorted(listed.stdout.split("\0")) if name)
    return tuple(path for path in files if path.is_file())


def modules(*tops: str) -> list[Path]:
    """Return the Python files of the checkout, of these top folders where any are named."""
    found = [path for path in checkout_files() if path.suffix == ".py"]
    return [path for path in found if not tops or path.relative_to(ROOT).parts[0] in tops]


def shown(path: Path) -> str:
    """Return the path as a failing test names it."""
    return path.relative_to(ROOT).as_posix()
