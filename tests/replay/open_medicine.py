"""The open-medicine package stands for itself: it is installed, and nothing in it changes."""

from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any

from tests.replay.standing import StandIn


class Package(StandIn):
    """Three of its guidelines."""

    follow: Mapping[str, Any] = MappingProxyType(
        {"ids": ["gold_copd_2024", "sepsis3_2016"], "topics": ["Postmenopausal osteoporosis"]}
    )


def stand_in(shared: Path) -> Package:
    """Return the package as it is."""
    return Package()
