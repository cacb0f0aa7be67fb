"""Memory of a process, and of what it maps, as the operating system counts it."""

from dataclasses import dataclass
from pathlib import Path

import psutil

MB = 1_000_000


@dataclass(frozen=True, slots=True)
class Memory:
    """Resident megabytes (10^6 bytes); `own` leaves out what is mapped from files and can be dropped at any time."""

    resident: float
    own: float

    def show(self) -> str:
        """Return "412 MB resident, 310 MB of it its own"."""
        return f"{self.resident:.0f} MB resident, {self.own:.0f} MB of it its own"


def memory(pid: int | None = None) -> Memory:
    """Return the memory of a process, by default of this one."""
    info = psutil.Process(pid).memory_info()
    return Memory(info.rss / MB, (info.rss - info.shared) / MB)


def mapped_packages(pid: int) -> set[str]:
    """Return the names of the folders directly under site-packages from which a process has libraries mapped."""
    found = set()
    for entry in psutil.Process(pid).memory_maps():
        parts = Path(entry.path).parts
        if "site-packages" in parts:
            found.add(parts[parts.index("site-packages") + 1])
    return found
