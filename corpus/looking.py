"""Which database a store would be in, and how far it is, found without making or changing anything."""

from dataclasses import dataclass
from pathlib import Path
from sqlite3 import sqlite_version

import sqlalchemy as sa

from corpus import migrations, postgresql
from corpus.database import found_revision, unusable, where


@dataclass(frozen=True, slots=True)
class Look:
    """What is there: `revision` is the number of the schema, None where there is no store yet."""

    server: str
    place: str
    revision: str | None

    @property
    def is_current(self) -> bool:
        """Return whether this version of the code made the schema."""
        return self.revision == migrations.HEAD


def look(path: Path, address: str = "") -> Look:
    """Return what is at an address, or in the SQLite file at path where there is no address.

    Raises as `open_database` does where it cannot be reached or is no database.
    """
    place = where(path, address)
    if isinstance(place, Path):
        return _look_at_file(place)
    engine = postgresql.make_engine(place)
    try:
        with engine.connect() as connection:
            version = str(connection.exec_driver_sql("SHOW server_version").scalar_one())
        return Look(f"PostgreSQL {version.split()[0]}", postgresql.named(place), found_revision(engine))
    finally:
        engine.dispose()


def _look_at_file(path: Path) -> Look:
    server = f"SQLite {sqlite_version}"
    if not path.exists():
        return Look(server, str(path), None)
    engine = sa.create_engine(sa.URL.create("sqlite", database=str(path)), hide_parameters=True)
    try:
        return Look(server, str(path), found_revision(engine))
    except sa.exc.DatabaseError as error:
        raise unusable(path, error) from error
    finally:
        engine.dispose()
