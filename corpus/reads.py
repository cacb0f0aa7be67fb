"""How often each kept answer was read, as rows."""

from collections.abc import Mapping

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from corpus.schema import answer_reads


def add(connection: Connection, counts: Mapping[str, int]) -> None:
    """Add to the counts of some kept answers."""
    table = answer_reads.c
    for answer_id, count in sorted(counts.items()):
        more = answer_reads.update().where(table.answer_id == answer_id).values(reads=table.reads + count)
        if not connection.execute(more).rowcount:
            connection.execute(answer_reads.insert().values(answer_id=answer_id, reads=count))


def of(connection: Connection, answer_id: str) -> int:
    """Return how often an answer was read."""
    query = sa.select(answer_reads.c.reads).where(answer_reads.c.answer_id == answer_id)
    return connection.execute(query).scalar_one_or_none() or 0
