"""Where many publications stand, changed in one transaction: what a source says of others, and what it withdrew."""

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy.engine import Connection

from corpus.document import Integrity
from corpus.editions import raised
from corpus.schema import publications
from corpus.store import Store
from corpus.writing import change_standing, standing_of


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


def withdraw(connection: Connection, keys: Iterable[str], why: str) -> int:
    """Return how many publications are withdrawn now that were not, inside the transaction it is handed."""
    changed = 0
    for key in sorted(keys):
        was = standing_of(connection, key)
        if raised(was, Integrity.WITHDRAWN) is not was:
            change_standing(connection, key, was, Integrity.WITHDRAWN, why)
            changed += 1
    return changed


def lift_withdrawal(store: Store, key: str, state: Integrity, why: str) -> bool:
    """Return whether a publication that stood as withdrawn is back, in the state that its source gives it now."""
    with store.writing() as connection:
        if standing_of(connection, key) is not Integrity.WITHDRAWN or state is Integrity.WITHDRAWN:
            return False
        change_standing(connection, key, Integrity.WITHDRAWN, state, why)
        return True
