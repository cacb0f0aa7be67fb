"""What the asking commands open: an answerer over the published snapshot, and the keeper of answers."""

from collections.abc import Iterator
from contextlib import contextmanager

from commands.logs import log_for_terminal
from commands.settings import Settings
from commands.stores import store_of
from qa.answerer import Answerer
from qa.keep import AnswerKeeper


@contextmanager
def opened(settings: Settings) -> Iterator[tuple[Answerer, AnswerKeeper]]:
    """Yield the answerer and the keeper. Raises NotReady where nothing has been set up."""
    log_for_terminal()
    answerer = answerer_of(settings)
    answerer.library()
    with store_of(settings) as store:
        yield answerer, AnswerKeeper(store)


def answerer_of(settings: Settings) -> Answerer:
    """Return the answerer that the settings describe. Raises NotReady where its encoder has not been set up."""
    return Answerer(settings.home, precision=settings.precision, threads=settings.threads)
