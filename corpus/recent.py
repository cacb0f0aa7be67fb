"""Which kept answers a start page shows: the latest, and those that were approved last."""

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from corpus.schema import answer_versions, answers, review_events

# So many times as many as are wanted are looked at: the same question is often asked again.
SPARE = 5


def latest(connection: Connection, limit: int) -> tuple[str, ...]:
    """Return the ids of the latest answers, each question once, the newest first; no refusal, and none replaced."""
    later = answer_versions.alias("later")
    query = (
        sa.select(answers.c.id, answers.c.question)
        .where(answers.c.status == "answered", ~sa.exists().where(later.c.previous == answers.c.id))
        .order_by(answers.c.created.desc(), answers.c.id)
        .limit(limit * SPARE)
    )
    found: dict[str, str] = {}
    for row in connection.execute(query):
        found.setdefault(row.question, row.id)
    return tuple(found.values())[:limit]


def approved(connection: Connection, limit: int) -> tuple[str, ...]:
    """Return the ids of the answers that were approved last, whether or not the approval still holds."""
    query = (
        sa.select(review_events.c.answer_id)
        .where(review_events.c.kind == "approved")
        .order_by(review_events.c.at.desc(), review_events.c.answer_id)
        .limit(limit * SPARE)
    )
    return tuple(dict.fromkeys(connection.execute(query).scalars()))
