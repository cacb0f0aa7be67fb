"""Answers read soundly: one that turns out to be rubbish is not kept, so that the next attempt asks anew."""

from collections.abc import Callable, Iterable
from typing import TypeVar

from corpus.errors import Rubbish, SourceFailed, UnreadableFile
from ingest.fetching.client import Answered, Client

T = TypeVar("T")


def read(client: Client, answered: Answered, make: Callable[[Answered], T]) -> T:
    """Return what `make` reads out of an answer. What it raises of SourceFailed and UnreadableFile is raised
    after the answer was forgotten."""
    try:
        return make(answered)
    except (SourceFailed, UnreadableFile):
        client.forget(answered)
        raise


def refuse(client: Client, pages: Iterable[Answered], why: str) -> Rubbish:
    """Forget pages that do not make a whole, and return the error that says why."""
    for page in pages:
        client.forget(page)
    return Rubbish(f"{why}: what is held stays, and the next run asks again")
