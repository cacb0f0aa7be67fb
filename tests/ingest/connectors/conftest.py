"""A stand-in of PubMed with a few records, and the server that speaks for it."""

from collections.abc import Iterator

import pytest

from tests.replay.pubmed import PubMed as StandIn
from tests.replay.pubmed import record
from tests.replay.server import Replay, replaying


@pytest.fixture
def pubmed_library() -> StandIn:
    """Return seven records of bones and one of teeth."""
    titles = {str(pmid): "Bones" for pmid in range(101, 108)} | {"201": "Teeth"}
    return StandIn({pmid: record(pmid, f"{title} {pmid}.") for pmid, title in titles.items()}, page=3)


@pytest.fixture
def eutils_server(pubmed_library: StandIn) -> Iterator[Replay]:
    """Yield the server that speaks for them."""
    with replaying(pubmed_library) as replay:
        yield replay
