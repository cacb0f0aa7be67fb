"""Plug-ins: gold sets and measures are found by being files in their folders."""

from collections.abc import Callable, Iterable
from importlib import import_module
from pathlib import Path

from corpus.errors import BadInput
from evals.gold.base import GoldSet
from evals.measures.base import Measure

Load = Callable[[Path], GoldSet]
_HERE = Path(__file__).resolve().parent
_NOT_SETS = frozenset({"base", "own"})


def set_names() -> list[str]:
    """Return the names of the gold sets that come with Curbside, in order."""
    return sorted(path.stem for path in (_HERE / "gold").glob("[a-z]*.py") if path.stem not in _NOT_SETS)


def load_set(name: str, shared: Path) -> GoldSet:
    """Return a gold set. Raises BadInput where there is none of that name, or where its files are not there."""
    if name not in set_names():
        raise BadInput(f"no gold set is called {name}: expected one of {', '.join(set_names())}, or a .jsonl file")
    load: Load = import_module(f"evals.gold.{name}").load
    try:
        return load(shared)
    except FileNotFoundError as error:
        raise BadInput(
            f"the gold set {name} needs {error.filename}: name the folder that holds it with --shared"
        ) from None


def measures(names: Iterable[str]) -> dict[str, Measure]:
    """Return the measures of these names, in their order. Raises BadInput where there is none of a name."""
    found: dict[str, Measure] = {}
    for name in names:
        if not (_HERE / "measures" / f"{name}.py").is_file():
            raise BadInput(f"no measure is called {name}: expected the name of a file in evals/measures")
        measure: Measure = import_module(f"evals.measures.{name}").MEASURE
        found[name] = measure
    return found
