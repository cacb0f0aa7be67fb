"""A refresh over real HTTP that kills its own process at a chosen point: between two statements, or two steps."""

import os
import signal
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from corpus.store import Store
from index.publish import publish
from ingest.connectors.base import Asked, Services, sources
from ingest.refresh.counting import CountingEncoder
from ingest.refresh.job import Means, Published, refresh
from ingest.refresh.report import RefreshReport
from ingest.splitter import EncoderSplitter
from tests.index.corpora import WordEncoder
from tests.ingest.refresh.shelf import Follows


class Fuse:
    """Counts what happens; at the chosen count the process is gone, as if its power were cut. 0 never comes."""

    def __init__(self, at: int = 0) -> None:
        self.at, self.count = at, 0

    def burn(self, *_: object) -> None:
        self.count += 1
        if self.count == self.at:
            os.kill(os.getpid(), signal.SIGKILL)


def refreshed(home: Path, url: str, follow: dict[str, Any], fuse: Fuse | None = None) -> RefreshReport:
    """Return the report of a refresh of openFDA at the address, the snapshot published for real."""
    fuse = fuse or Fuse()
    encoder = CountingEncoder(WordEncoder())
    with Store.open(home) as store:
        sa.event.listen(store.engine, "before_cursor_execute", fuse.burn)
        sa.event.listen(store.engine, "commit", fuse.burn)

        def published(held: Store) -> Published:
            manifest = publish(
                home, held.current_split(), encoder, corpus_fingerprint=held.fingerprint(), progress=fuse.burn
            )
            fuse.burn()
            return Published(manifest.id, encoder.encoded)

        asked: Asked = sources()["openfda"].Follow(**follow)
        means = Means(home, store, EncoderSplitter(encoder), published, Services(openfda=url), progress=fuse.burn)
        return refresh(Follows({"openfda": asked}), means)


def doomed(home: str, url: str, follow: dict[str, Any], at: int, told: str) -> None:
    """Refresh until the fuse has burnt down; where it does not, write down how long it would have to be."""
    fuse = Fuse(at)
    refreshed(Path(home), url, follow, fuse)
    Path(told).write_text(str(fuse.count))
