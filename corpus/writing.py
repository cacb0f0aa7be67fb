"""How a document enters the store: one function a step, each inside the transaction it is handed."""

from collections import Counter
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Row

from corpus.document import Document, Integrity
from corpus.editions import Edition, is_newer, raised, reported_by_older, succeeded
from corpus.inserting import insert, link, put_passages
from corpus.notices import said_before, spoken_of
from corpus.passage import Passage
from corpus.records import Added, Arrival, Outcome
from corpus.rows import passage_row, passages_hash
from corpus.schema import document_sections, documents, integrity_changes, passages, publications, sections


def add(connection: Connection, arrival: Arrival, replaces: str | None = None) -> Added:
    """Store one version, or find it stored; see `Store.add`."""
    document, origin = arrival.document, arrival.origin
    held = connection.execute(sa.select(documents).where(documents.c.id == document.id)).one_or_none()
    current = connection.execute(
        sa.select(documents).where(documents.c.key == document.key, documents.c.is_current)
    ).one_or_none()
    if held is not None:
        goes_back = not held.is_current and current is not None and current.id == replaces
        return (_go_back if goes_back else _meet_again)(connection, arrival, held)
    if current is None:
        outcome, note = Outcome.NEW, ""
        _begin(connection, [document])
    elif current.id == replaces or is_newer(
        Edition.of(document, origin.retrieved, origin.raw_sha256),
        _edition(connection, current),
        elsewhere=replaces is not None,
    ):
        outcome, note = Outcome.NEW_VERSION, f"takes the place of {current.id}"
        _succeed(connection, document)
    else:
        outcome, note = Outcome.OLDER_VERSION, f"kept, but {current.id} stays current"
        standing = standing_of(connection, document.key)
        _settle(connection, document, standing, reported_by_older(standing, document.integrity))
    insert(connection, [arrival], is_current=outcome is not Outcome.OLDER_VERSION)
    if outcome is not Outcome.OLDER_VERSION:
        note = "; ".join(filter(None, (note, _heed(connection, document))))
    return Added(document.id, outcome, note)


def add_all(connection: Connection, arrivals: Sequence[Arrival]) -> list[Added]:
    """Store several versions as `add` does one after another.

    Those of publications that nothing is held of and nothing was said of go in together: a statement costs the
    same for one row as for a hundred.
    """
    fresh = _fresh(connection, [arrival.document for arrival in arrivals])
    new = [arrival for arrival in arrivals if arrival.document.key in fresh]
    if new:
        _begin(connection, [arrival.document for arrival in new])
        insert(connection, new, is_current=True)
    return [
        Added(arrival.document.id, Outcome.NEW) if arrival.document.key in fresh else add(connection, arrival)
        for arrival in arrivals
    ]


def set_passages(connection: Connection, document: int, split: Sequence[Passage], splitter: str) -> None:
    """Put these passages in the place of the version's present ones."""
    connection.execute(passages.delete().where(passages.c.document == document))
    rows = [passage_row(passage) for passage in split]
    put_passages(connection, {document: rows})
    values = {"splitter": splitter, "passages_hash": passages_hash(rows)}
    connection.execute(documents.update().where(documents.c.seq == document).values(values))


def standing_of(connection: Connection, key: str) -> Integrity:
    """Return where a publication stands."""
    return Integrity(
        connection.execute(sa.select(publications.c.integrity).where(publications.c.key == key)).scalar_one()
    )


def change_standing(connection: Connection, key: str, was: Integrity, became: Integrity, why: str) -> None:
    """Set where a publication stands, and write the change into its history."""
    connection.execute(publications.update().where(publications.c.key == key).values(integrity=became, notice=why))
    connection.execute(integrity_changes.insert(), _change(key, was, became, why))


def _meet_again(connection: Connection, arrival: Arrival, held: Row[Any]) -> Added:
    document = arrival.document
    _link(connection, arrival, held)
    standing = standing_of(connection, document.key)
    meet = raised if held.is_current else reported_by_older
    if _settle(connection, document, standing, meet(standing, document.integrity)):
        return Added(held.id, Outcome.NEW_STATE, f"the publication was {standing}, now {document.integrity}")
    if not held.is_current:
        return Added(held.id, Outcome.UNCHANGED, "an older version that is already kept; a newer one stays current")
    return Added(held.id, Outcome.UNCHANGED)


def _go_back(connection: Connection, arrival: Arrival, held: Row[Any]) -> Added:
    """Make a version that is held current again: its source has gone back to it."""
    _link(connection, arrival, held)
    _succeed(connection, arrival.document)
    connection.execute(documents.update().where(documents.c.seq == held.seq).values(is_current=True))
    return Added(held.id, Outcome.NEW_VERSION, "an older version that is kept is current again: its source went back")


def _link(connection: Connection, arrival: Arrival, held: Row[Any]) -> None:
    """Remember where a held version was met again, and cut it anew where another splitter had."""
    link(connection, held.seq, arrival.origin)
    if held.splitter != arrival.splitter:
        set_passages(connection, held.seq, arrival.passages, arrival.splitter)


def _fresh(connection: Connection, arrived: Sequence[Document]) -> set[str]:
    """Return the keys of which one version arrives, nothing is held and nothing was said."""
    times = Counter(document.key for document in arrived)
    held = connection.execute(sa.select(publications.c.key).where(publications.c.key.in_(times))).scalars()
    once = {key for key, count in times.items() if count == 1}.difference(held)
    return once - spoken_of(connection, [document for document in arrived if document.key in once])


def _begin(connection: Connection, arrived: Sequence[Document]) -> None:
    """Let publications stand as their first versions say."""
    rows = [{"key": one.key, "integrity": one.integrity.value, "notice": one.notice} for one in arrived]
    connection.execute(publications.insert(), rows)
    connection.execute(
        integrity_changes.insert(), [_change(one.key, None, one.integrity, one.notice) for one in arrived]
    )


def _succeed(connection: Connection, document: Document) -> None:
    """Make room for the document as the current version of its publication, which comes to stand as it says."""
    same = sa.and_(documents.c.key == document.key, documents.c.is_current)
    connection.execute(documents.update().where(same).values(is_current=False))
    standing = standing_of(connection, document.key)
    _settle(connection, document, standing, succeeded(standing, document.integrity))


def _settle(connection: Connection, document: Document, standing: Integrity, became: Integrity) -> bool:
    """Return whether the arrival changed where the publication stands."""
    if became is standing:
        return False
    change_standing(connection, document.key, standing, became, document.notice)
    return True


def _heed(connection: Connection, document: Document) -> str:
    """Let a publication stand as was said of it before it was held; return what a person should know of that."""
    said, standing = said_before(connection, document), standing_of(connection, document.key)
    if said is None or raised(standing, said.state) is standing:
        return ""
    change_standing(connection, document.key, standing, said.state, said.why)
    return f"it stands as {said.state}: {said.why}"


def _edition(connection: Connection, row: Row[Any]) -> Edition:
    held = document_sections.join(sections, sections.c.id == document_sections.c.section_id)
    length = sa.select(sa.func.coalesce(sa.func.sum(sa.func.length(sections.c.text)), 0)).select_from(held)
    characters = connection.execute(length.where(document_sections.c.document == row.seq)).scalar_one()
    return Edition(row.version, row.effective, bool(row.digest_of), row.retrieved, row.raw_sha256, characters)


def _change(key: str, was: Integrity | None, became: Integrity, why: str) -> dict[str, Any]:
    return {"key": key, "at": datetime.now(UTC), "was": was and was.value, "became": became.value, "why": why}
