"""Triggers that make a database refuse to change what must never change."""

from collections.abc import Sequence

from alembic import op

_SQLITE = """
CREATE TRIGGER {name} BEFORE {event} ON {table}
BEGIN SELECT RAISE(ABORT, '{message}'); END
"""
_POSTGRESQL_FUNCTION = """
CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION USING MESSAGE = '{message}', ERRCODE = 'integrity_constraint_violation'; END $$
"""
_POSTGRESQL = "CREATE TRIGGER {name} BEFORE {event} ON {table} FOR EACH ROW EXECUTE FUNCTION {name}()"
_POSTGRESQL_TRUNCATE = """
CREATE TRIGGER {table}_never_emptied BEFORE TRUNCATE ON {table}
FOR EACH STATEMENT EXECUTE FUNCTION {table}_never_removed()
"""


def freeze(table: str, columns: Sequence[str] = ()) -> None:
    """Refuse updates of a table's columns (of all, where none is named) and the removal of its rows."""
    which = f" OF {', '.join(columns)}" if columns else ""
    for event, verb in ((f"UPDATE{which}", "changed"), ("DELETE", "removed")):
        values = {
            "name": f"{table}_never_{verb}",
            "event": event,
            "table": table,
            "message": f"{table} are never {verb}",
        }
        if op.get_bind().dialect.name == "sqlite":
            op.execute(_SQLITE.format(**values))
        else:
            op.execute(_POSTGRESQL_FUNCTION.format(**values))
            op.execute(_POSTGRESQL.format(**values))
    if op.get_bind().dialect.name != "sqlite":
        op.execute(_POSTGRESQL_TRUNCATE.format(table=table))
