"""Two small data folders, each read in once for all tests of this folder, and answers checked as they are asked for."""

import io
import json
import logging
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import structlog

from commands.logs import log_for_service
from corpus.store import Store
from qa.answer import Answer
from qa.answerer import Answerer
from qa.asked import Asked, ask_of
from qa.library import Library
from qa.understand import history_of, understand
from tests.index.corpora import WordEncoder
from tests.qa.pages import unsound
from tests.qa.small_library import BagEncoder, build
from tests.small_home import read_in

Ask = Callable[..., Answer]
AskOf = Callable[..., Asked]


@pytest.fixture(scope="session")
def untouched_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a data folder with three documents and a snapshot, made with WordEncoder. Only to be copied."""
    home = tmp_path_factory.mktemp("untouched")
    report = read_in(home, WordEncoder())
    assert report.read == 3
    return home


@pytest.fixture(scope="session")
def small_home(untouched_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a copy that all tests share: services keep answers in it, and nothing else of it is changed."""
    return Path(shutil.copytree(untouched_home, tmp_path_factory.mktemp("small") / "home"))


@pytest.fixture
def own_home(untouched_home: Path, tmp_path: Path) -> Path:
    """Return a copy of the small data folder that a test may change."""
    return Path(shutil.copytree(untouched_home, tmp_path / "home"))


@pytest.fixture(scope="session")
def library_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a data folder with the documents of tests/qa/documents and a snapshot. Not to be changed."""
    return build(tmp_path_factory.mktemp("library") / "home")


@pytest.fixture(scope="session")
def answerer(library_home: Path) -> Answerer:
    """Return what answers from them."""
    return Answerer(library_home, encoder=BagEncoder())


@pytest.fixture(scope="session")
def library(answerer: Answerer) -> Library:
    """Return their snapshot, searcher and lexicon."""
    return answerer.library()


@pytest.fixture(scope="session")
def library_store(library_home: Path) -> Iterator[Store]:
    """Return the store that they were read into."""
    with Store.open(library_home) as store:
        yield store


@pytest.fixture(scope="session")
def ask(answerer: Answerer, library_store: Store) -> Ask:
    """Return a function that asks (question, *history); whatever is asked, the answer must agree with the store."""

    def ask(question: str, *history: str) -> Answer:
        answer = answerer.ask(question, history)
        assert unsound(answer, library_store) == []
        return answer

    return ask


@pytest.fixture(scope="session")
def asked(library: Library) -> AskOf:
    """Return a function that makes a question (question, *history) ready for the parts of an answer."""

    def asked(question: str, *history: str) -> Asked:
        turns = history_of(history, library.lexicon)
        return ask_of(understand(question, turns, library.lexicon), library.searcher)

    return asked


@pytest.fixture
def lines() -> Iterator[Any]:
    """Yield what reads the log lines so far, logged as the service logs."""
    root = logging.getLogger()
    handlers, level = root.handlers, root.level
    before = structlog.get_config()
    log = io.StringIO()
    log_for_service(log)
    yield lambda: [json.loads(line) for line in log.getvalue().splitlines()]
    structlog.configure(**before)
    root.handlers, root.level = handlers, level
