"""A refresh as a process of its own: it goes on whatever becomes of who began it, and what it says is kept."""

import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from tempfile import TemporaryFile
from typing import IO

_TOLD = 1000  # characters of what a process said last


@dataclass(frozen=True, slots=True)
class Begun:
    """A refresh that has begun."""

    process: "subprocess.Popen[bytes]"
    said: IO[bytes]

    def wait(self) -> tuple[int, str]:
        """Return the exit status once it has ended, and the last of what it said on standard error."""
        with self.said:
            status = self.process.wait()
            self.said.seek(0)
            return status, self.said.read().decode("utf-8", "replace")[-_TOLD:].strip()


def begin_refresh(collection: str, sources: Sequence[str], cause: str, run_id: str) -> Begun:
    """Return a process that refreshes a collection.

    What it says goes to a file: a pipe would break with the service, and the refresh with the pipe.
    """
    command = [sys.executable, "-m", "curbside", "refresh", collection, "--json", "--cause", cause, "--run-id", run_id]
    for source in sources:
        command += ["--source", source]
    said = TemporaryFile()  # noqa: SIM115 (it is closed when the process has ended)
    process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=said)
    return Begun(process, said)
