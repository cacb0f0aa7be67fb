"""What stands for a source in the contract suite of the connectors: one module a connector, found by its name.

tests/replay/<connector>.py has `stand_in(shared)`, which returns a StandIn. That is all the registration there is.
"""

import importlib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from ingest.connectors.base import Services
from tests.replay.server import Reply, Request


class StandIn:
    """A source of a few items, and what can happen to it. A part that a source does not have stays as it is here."""

    # What a collection asks of it: with it there are at least two items, on several pages where it has pages.
    follow: Mapping[str, Any] = {}
    # Whether an answer says what it is: then a cut one, and the answer to another request, can be told from it.
    self_describing: bool = True

    def answer(self, request: Request) -> Reply:
        """Return the reply to a request."""
        raise AssertionError(f"a source that is not on the network was asked for {request.path}")

    def services(self, url: str) -> Services:
        """Return where the services are when this one is at the address."""
        return Services()

    def lay(self, folder: Path, url: str) -> Mapping[str, Any]:
        """Put what lies beside a collection's file into its folder, and return what the collection asks."""
        return self.follow

    def change(self) -> str:
        """Make one item say something else; return its id, "" where nothing can change."""
        return ""

    def withdraw(self) -> str:
        """Take one item away; return its id, "" where nothing can be withdrawn."""
        return ""

    def unlist(self) -> str:
        """Make one item match no longer what is followed, though it is still there; return its id, or ""."""
        return ""


def standing_for(connector: str, shared: Path) -> StandIn:
    """Return the stand-in of a connector."""
    module = importlib.import_module(f"tests.replay.{connector}")
    made = module.stand_in(shared)
    assert isinstance(made, StandIn)
    return made
