"""Faults of our own in a reader or the splitter: reported with their file, so that the rest goes in."""

import struct
import traceback
import zlib
from pathlib import Path

# What such a fault shows itself as: one strange file must not keep a thousand good ones out. A store that fails is
# not among them.
FAULTS = (
    ArithmeticError,
    AssertionError,
    AttributeError,
    EOFError,
    LookupError,
    MemoryError,
    RuntimeError,
    TypeError,
    ValueError,
    struct.error,
    zlib.error,
)


def fault(doing: str, error: BaseException) -> str:
    """Return what to tell of a fault, with its place in the code."""
    place = traceback.extract_tb(error.__traceback__)[-1]
    where = f"{Path(place.filename).name}, line {place.lineno}"
    return f"a fault of Curbside while {doing} ({type(error).__name__}: {error}; {where}): please report it"
