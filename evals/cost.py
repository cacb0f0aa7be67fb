"""What asking costs: wall time a question, questions a second, memory; and on what machine, with what versions."""

import os
import platform
import re
import resource
import sys
from collections.abc import Iterable, Sequence
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

import numpy as np

from evals.estimates import DEFAULT, Sampling
from evals.report import Latency, Value

PACKAGES = ("curbside", "bm25s", "faiss-cpu", "ir-measures", "numpy", "onnxruntime", "tokenizers")


def latency(
    ms: Sequence[float],
    *,
    seconds: float = 0.0,
    resident_mib: float = 0.0,
    sampling: Sampling = DEFAULT,
) -> Latency | None:
    """Return the percentiles of the wall times with their intervals; None where nothing was timed.

    `seconds` is the wall time of all, 0 where the questions were asked one after another: then their times add up.
    """
    timed = np.sort(np.array([one for one in ms if one > 0]))
    if not len(timed):
        return None
    draw = np.random.default_rng(sampling.seed)
    samples = timed[draw.integers(0, len(timed), (sampling.draws, len(timed)))]

    def value(p: float) -> Value:
        low, high = np.percentile(np.percentile(samples, p, axis=1), [2.5, 97.5])
        return Value(n=len(timed), value=float(np.percentile(timed, p)), low=float(low), high=float(high))

    whole = seconds or float(timed.sum()) / 1000
    return Latency(
        p50=value(50), p95=value(95), p99=value(99), per_second=len(timed) / whole, resident_mib=resident_mib
    )


def most_resident_mib() -> float:
    """Return the most memory that this process has held so far, in MiB."""
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most / 1024**2 if sys.platform == "darwin" else most / 1024


def machine() -> str:
    """Return processor, cores and Python in a line."""
    return f"{processor()}, {os.cpu_count()} cores, {platform.system()}, Python {platform.python_version()}"


def versions(packages: Iterable[str] = PACKAGES) -> dict[str, str]:
    """Return the version of each package that is installed."""
    found = {}
    for name in packages:
        try:
            found[name] = version(name)
        except PackageNotFoundError:
            continue
    return found


def processor() -> str:
    """Return the processor's name."""
    info = Path("/proc/cpuinfo")
    if info.exists():
        found = re.search(r"^model name\s*:\s*(.+)$", info.read_text(encoding="utf-8"), re.MULTILINE)
        if found:
            return found[1]
    return platform.processor() or platform.machine()
