"""The kept answers that a reviewer may have to look at, as rows: the newest version of each, without its text."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from corpus.schema import answer_reads, answer_versions, answers, review_events


@dataclass(frozen=True, slots=True)
class QueueRow:
    """One answer: its question, when it was made, how it was met, its disagreements and how often it was read.

    Answers with the same question and `hash` say the same, word for word.
    """

    answer_id: str
    question: str
    hash: str
    created: datetime
    status: str
    conflicts: int
    reads: int
    number: int


def rows(connection: Connection) -> tuple[QueueRow, ...]:
    """Return the answers that no other version took the place of, the most read first, then the newest."""
    later = answer_versions.alias("later")
    reads = sa.func.coalesce(answer_reads.c.reads, 0)
    query = (
        sa.select(
            *(answers.c[name] for name in ("id", "question", "hash", "created", "status", "conflicts")),
            reads,
            sa.func.coalesce(answer_versions.c.number, 1),
        )
        .outerjoin(answer_reads, answer_reads.c.answer_id == answers.c.id)
        .outerjoin(answer_versions, answer_versions.c.answer_id == answers.c.id)
        .where(~sa.exists().where(later.c.previous == answers.c.id))
        .order_by(reads.desc(), answers.c.created.desc(), answers.c.id)
    )
    found: list[Any] = list(connection.execute(query))
    return tuple(QueueRow(*row) for row in found)


def touched(connection: Connection) -> frozenset[str]:
    """Return the answers to which anything was done."""
    return frozenset(connection.execute(sa.select(review_events.c.answer_id).distinct()).scalars())
