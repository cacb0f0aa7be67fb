"""Counts over the store, and one hash over what an index is built from."""

import hashlib

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from corpus.records import Stats
from corpus.schema import answers, documents, passages, publications, raws, sections


def stats(connection: Connection) -> Stats:
    """Return the counts of now."""
    current = documents.c.is_current
    standing = documents.join(publications, publications.c.key == documents.c.key)
    kinds = sa.select(documents.c.kind, sa.func.count()).where(current).group_by(documents.c.kind)
    states = sa.select(publications.c.integrity, sa.func.count()).select_from(standing).where(current)
    live = passages.join(documents, documents.c.seq == passages.c.document)

    def count(query: sa.Select[int]) -> int:
        return int(connection.execute(query).scalar_one())

    def counted(query: sa.Select[str, int]) -> dict[str, int]:
        return {row[0]: row[1] for row in connection.execute(query)}

    return Stats(
        documents=counted(kinds.order_by(documents.c.kind)),
        integrity=counted(states.group_by(publications.c.integrity).order_by(publications.c.integrity)),
        versions=count(sa.select(sa.func.count()).select_from(documents)),
        sections=count(sa.select(sa.func.count()).select_from(sections)),
        passages=count(sa.select(sa.func.count()).select_from(live).where(current)),
        raw_files=count(sa.select(sa.func.count()).select_from(raws)),
        raw_bytes=count(sa.select(sa.func.coalesce(sa.func.sum(raws.c.size), 0))),
        answers=count(sa.select(sa.func.count()).select_from(answers)),
    )


def fingerprint(connection: Connection) -> str:
    """Return 64 hex digits that change whenever what an index would be built from changes."""
    columns = (documents.c.id, documents.c.passages_hash, publications.c.integrity, publications.c.notice)
    query = sa.select(*columns).join_from(documents, publications, publications.c.key == documents.c.key)
    whole = hashlib.sha256()
    for row in connection.execute(query.where(documents.c.is_current).order_by(documents.c.key)):
        whole.update("\0".join(row).encode() + b"\n")
    return whole.hexdigest()
