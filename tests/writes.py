"""What writes to a store: every statement that does, as it is executed."""

from collections.abc import Iterator
from contextlib import contextmanager

import sqlalchemy as sa

from corpus.store import Store


@contextmanager
def writes_to(store: Store, *, but: str = "") -> Iterator[list[str]]:
    """Yield what gathers the statements that write; those that name `but` are left out, where it is given."""
    found: list[str] = []

    def heard(_connection: object, _cursor: object, statement: str, *_others: object) -> None:
        writes = statement.split()[0].upper() in ("INSERT", "UPDATE", "DELETE")
        if writes and not (but and but in statement):
            found.append(statement)

    sa.event.listen(store.engine, "before_cursor_execute", heard)
    try:
        yield found
    finally:
        sa.event.remove(store.engine, "before_cursor_execute", heard)
