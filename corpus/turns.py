"""The turns of a conversation as rows: after which answer a kept answer was asked, and how it was read."""

from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from corpus.schema import answer_turns, answer_versions, answers

# A conversation that is longer is shown from its latest turns on.
SHOWN = 50


@dataclass(frozen=True, slots=True)
class Turn:
    """One turn: `previous` is the answer it follows, "" for none; `history` the questions it was understood after.

    `without` is what was taken back of what had been said of the patient.
    """

    answer_id: str
    previous: str = ""
    history: tuple[str, ...] = ()
    without: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Earlier:
    """An answer given earlier in a conversation."""

    answer_id: str
    question: str


def keep_turn(connection: Connection, turn: Turn) -> None:
    """Store a turn, once; one that follows nothing and takes nothing back needs no row."""
    if turn == Turn(turn.answer_id):
        return
    row = {"answer_id": turn.answer_id, "previous": turn.previous or None}
    connection.execute(answer_turns.insert(), row | {"history": list(turn.history), "without": list(turn.without)})


def turn_of(connection: Connection, answer_id: str) -> Turn:
    """Return the turn of an answer; of one that a reviewer made of another, the turn of that."""
    query = sa.select(answer_versions.c.composed).where(answer_versions.c.answer_id == answer_id)
    asked = connection.execute(query).scalar_one_or_none() or answer_id
    row = connection.execute(sa.select(answer_turns).where(answer_turns.c.answer_id == asked)).one_or_none()
    if row is None:
        return Turn(answer_id)
    return Turn(answer_id, row.previous or "", tuple(row.history), tuple(row.without))


def earlier(connection: Connection, answer_id: str) -> tuple[Earlier, ...]:
    """Return the answers of the conversation before this one, at most SHOWN, the first one first."""
    found: list[Earlier] = []
    here = turn_of(connection, answer_id).previous
    while here and len(found) < SHOWN:
        question = connection.execute(sa.select(answers.c.question).where(answers.c.id == here)).scalar_one()
        found.append(Earlier(here, question))
        here = turn_of(connection, here).previous
    return tuple(reversed(found))
