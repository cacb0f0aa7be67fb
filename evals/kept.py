"""Kept outcomes: one file of JSON Lines for each set and state of the code, so that a run that was stopped goes on."""

from collections.abc import Iterable
from pathlib import Path
from types import TracebackType
from typing import IO, Self

from evals.outcome import Outcome, from_line, to_line


class KeptOutcomes:
    """The outcomes of one set under one fingerprint; a line that a killed run left torn is dropped."""

    def __init__(self, folder: Path, name: str, fingerprint: str) -> None:
        self._path = folder / "outcomes" / f"{name}-{fingerprint[:16]}.jsonl"

    def __enter__(self) -> Self:
        self._path.parent.mkdir(parents=True, exist_ok=True)
        self._held = {one.question: one for one in self._read()}
        whole = "".join(to_line(one) for one in self._held.values())
        fresh = self._path.with_suffix(".tmp")
        fresh.write_text(whole, encoding="utf-8")
        fresh.replace(self._path)
        self._file: IO[str] = self._path.open("a", encoding="utf-8")
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._file.close()

    def get(self, question: str) -> Outcome | None:
        """Return the outcome of a question, None where it is not there yet."""
        return self._held.get(question)

    def keep(self, outcome: Outcome) -> None:
        """Write one more outcome, at once. What failed is asked again by the next run, and so is not kept."""
        if not outcome.error:
            self._held[outcome.question] = outcome
            self._file.write(to_line(outcome))
            self._file.flush()

    def prune(self, name: str) -> None:
        """Remove the files of a set that other states of the code left."""
        for path in self._path.parent.glob(f"{name}-*.jsonl"):
            if path != self._path and len(path.stem) == len(self._path.stem):
                path.unlink()

    def _read(self) -> Iterable[Outcome]:
        if not self._path.exists():
            return
        for line in self._path.read_text(encoding="utf-8").splitlines():
            try:
                yield from_line(line)
            except ValueError:
                return
