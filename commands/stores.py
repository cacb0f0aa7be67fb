"""From settings to the store: the one place where commands open it."""

from typing import TYPE_CHECKING

from corpus.errors import NotReady

if TYPE_CHECKING:
    from commands.settings import Settings
    from corpus.looking import Look
    from corpus.store import Store


def store_of(settings: "Settings") -> "Store":
    """Return the open store that the settings name, made or migrated where needed. Raises Inconsistent, NotReady."""
    from corpus.store import Store

    return Store.open(settings.home, settings.database.get_secret_value())


def held(settings: "Settings") -> "Store":
    """Return the open store that the settings name. Raises NotReady where there is none yet."""
    found = look_of(settings)
    if found.revision is None:
        raise NotReady(f"no corpus in {found.place}: run `curbside setup`, or `curbside ingest PATH`")
    return store_of(settings)


def look_of(settings: "Settings") -> "Look":
    """Return which database the settings name, and how far it is; nothing is made or changed."""
    from corpus.looking import look
    from corpus.store import DATABASE

    return look(settings.home / DATABASE, settings.database.get_secret_value())
