"""A database that is ready for use: opened, and brought to the schema that this version of the code expects."""

from pathlib import Path

import sqlalchemy as sa
from filelock import FileLock
from sqlalchemy.engine import Connection, Engine

from corpus import migrations, postgresql, sqlite
from corpus.errors import BadInput, CurbsideError, Inconsistent

WRITES = {"writes": True}
# Parameters are hidden in the messages of errors: a question may describe a patient, and messages are logged.


def open_database(path: Path, address: str = "") -> Engine:
    """Return an engine on the database at that address, or on the SQLite file at path where there is no address.

    Raises BadInput for an address of neither SQLite nor PostgreSQL, else as `open_file` and `open_server` do.
    """
    place = where(path, address)
    return open_file(place) if isinstance(place, Path) else open_server(place)


def where(path: Path, address: str) -> Path | sa.URL:
    """Return which SQLite file or which PostgreSQL database an address means; "" means the file at path."""
    if not address:
        return path
    url = postgresql.parse(address)
    if url.get_backend_name() == "postgresql":
        return url
    if not url.database:
        raise BadInput("the setting database names no file: expected sqlite:///folder/corpus.db")
    return Path(url.database)


def open_file(path: Path) -> Engine:
    """Return an engine on the SQLite file at path, made where it is missing, migrated where it is old.

    Raises Inconsistent where the file is no store, or a store that cannot be opened.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    engine = sa.create_engine(sa.URL.create("sqlite", database=str(path)), hide_parameters=True)
    sqlite.prepare(engine)
    try:
        if not (path.exists() and found_revision(engine) == migrations.HEAD):
            with FileLock(path.with_suffix(".migrate.lock")):
                migrate(engine)
    except sa.exc.DatabaseError as error:
        engine.dispose()
        raise unusable(path, error) from error
    except Inconsistent:
        engine.dispose()
        raise
    return engine


def unusable(path: Path, error: sa.exc.DatabaseError) -> Inconsistent:
    """Return what to say of a file that is no database, or a broken one, or of a disk that does not take more."""
    if isinstance(error, sa.exc.OperationalError):
        return Inconsistent(
            f"{path} cannot be read and written ({error.orig}): make room on its disk, see that it may be written, "
            "and try again"
        )
    return Inconsistent(
        f"{path} cannot be opened as Curbside's store ({error.orig}): put a backup in its place, "
        "or move it away and ingest again (the raw files beside it are kept)"
    )


def open_server(url: sa.URL) -> Engine:
    """Return an engine on a PostgreSQL database, migrated where it is old; processes that start at once agree.

    Raises NotReady where it cannot be reached or its user may not do this, Busy where it may be worth a retry.
    """
    engine = postgresql.make_engine(url)
    try:
        migrate(engine)
    except (CurbsideError, sa.exc.SQLAlchemyError):
        engine.dispose()
        raise
    return engine


def migrate(engine: Engine) -> None:
    """Bring the schema to this code's, all steps or none. Raises Inconsistent where the database is the newer one."""
    found = found_revision(engine)
    if found == migrations.HEAD:
        return
    if found is not None and found > migrations.HEAD:
        raise Inconsistent(
            f"the store has schema {found}, this version of Curbside knows {migrations.HEAD}: "
            "use the newer version that wrote it, or another data folder"
        )
    with engine.connect().execution_options(**WRITES) as connection, connection.begin():
        _upgrade(connection)


def found_revision(engine: Engine) -> str | None:
    """Return the number of the schema that is there, None where there is none."""
    with engine.connect() as connection:
        if not sa.inspect(connection).has_table("alembic_version"):
            return None
        found = connection.execute(sa.text("SELECT version_num FROM alembic_version")).scalar_one_or_none()
        return None if found is None else str(found)


def _upgrade(connection: Connection) -> None:
    # Imported here: most openings find the schema as it should be, and Alembic takes a while to load.
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(migrations.HERE).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    command.upgrade(config, migrations.HEAD)
