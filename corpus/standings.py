"""Where many publications stand, changed in one transaction: what a source says of others, and what it withdrew."""

from collections.abc import Iterable
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from corpus.document import Integrity
from corpus.editions import raised
from corpus.notices import said_since
from corpus.schema import integrity_changes, publications
from corpus.store import Store
from corpus.writing import change_standing, standing_of

NO_LONGER = "no longer has it"  # in the reason of what is withdrawn because its source has


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a publication stands from now on, and who says so."""

    key: str
    state: Integrity
    why: str


def raise_standings(store: Store, said: Iterable[Standing]) -> int:
    """Return how many publications came to stand worse: a graver state takes the place of a lighter one, never back."""
    changed = 0
    wanted = list(said)
    if not wanted:
        return 0
    with store.engine.connect() as connection:
        held = {row.key: Integrity(row.integrity) for row in connection.execute(publications.select())}
    graver = [one for one in wanted if one.key in held and raised(held[one.key], one.state) is not held[one.key]]
    if not graver:
        return 0  # nothing to write: not even a transaction is begun
    with store.writing() as connection:
        for one in graver:
            was = standing_of(connection, one.key)
            if raised(was, one.state) is not was:
                change_standing(connection, one.key, was, one.state, one.why)
                changed += 1
    return changed


def standing_in(store: Store, key: str) -> Integrity | None:
    """Return where a publication stands, None where it is not held; its text is not read."""
    query = sa.select(publications.c.integrity).where(publications.c.key == key)
    with store.engine.connect() as connection:
        found = connection.execute(query).scalar_one_or_none()
    return None if found is None else Integrity(found)


def withdraw(connection: Connection, keys: Iterable[str], source: str, more: str) -> int:
    """Return how many publications are withdrawn now that were not, inside the transaction it is handed.

    The reason that is kept is that the source no longer has it, and `more`.
    """
    changed, why = 0, f"{source} {NO_LONGER}{more}"
    for key in sorted(keys):
        was = standing_of(connection, key)
        if raised(was, Integrity.WITHDRAWN) is not was:
            change_standing(connection, key, was, Integrity.WITHDRAWN, why)
            changed += 1
    return changed


def lift_withdrawal(store: Store, key: str, state: Integrity, why: str) -> bool:
    """Return whether a publication is back that was withdrawn because its source no longer had it.

    It stands as before it was withdrawn, as its source says now, or as was said of it meanwhile, whichever is
    gravest: a concern is not cleared by a record that went and came. What was withdrawn by hand, or by its
    publisher's own words, stays withdrawn.
    """
    c = integrity_changes.c
    last = sa.select(c.at, c.was, c.became, c.why).where(c.key == key).order_by(c.seq.desc()).limit(1)
    with store.writing() as connection:
        change = connection.execute(last).one_or_none()
        if change is None or change.became != Integrity.WITHDRAWN or NO_LONGER not in change.why:
            return False
        became = raised(Integrity(change.was), state)
        meanwhile = said_since(connection, key, change.at)
        if meanwhile is not None and raised(became, meanwhile.state) is not became:
            became, why = meanwhile.state, meanwhile.why
        if became is not Integrity.WITHDRAWN:
            change_standing(connection, key, Integrity.WITHDRAWN, became, why)
        return became is not Integrity.WITHDRAWN
