"""A progress bar on standard error, fed by the (stage, done, total) that long work reports."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn, TimeElapsedColumn

Step = Callable[[str, int, int], None]


@contextmanager
def progress_bar(doing: str, *, quiet: bool = False) -> Iterator[Step]:
    """Yield what to call at each step; a stage gets a bar of its own, total 0 means not known.

    Nothing is drawn where `quiet`, or where standard error is no terminal.
    """
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    console = Console(stderr=True)
    with Progress(*columns, console=console, transient=True, disable=quiet or not console.is_terminal) as bars:
        stages: dict[str, TaskID] = {}

        def step(stage: str, done: int, total: int) -> None:
            if stage not in stages:
                stages[stage] = bars.add_task(f"{doing}: {stage}", total=total or None)
            bars.update(stages[stage], completed=done, total=total or None)

        yield step
