"""A gold set is asked of its own corpus, resumed, timed out and measured; the user's folder is only read."""

import time
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from corpus.document import Document, Section, SourceKind
from evals.gold.base import GoldQuestion, GoldSet, Task
from evals.homes import Homes, documents_under
from evals.kept import KeptOutcomes
from evals.outcome import Outcome
from evals.runner import Runner, RunSettings, drawn
from index.pointer import read_pointer
from tests.index.corpora import WordEncoder
from tests.small_home import TRIAL, read_in

SEARCHED = frozenset({Task.SEARCH})


@pytest.fixture
def home(tmp_path: Path) -> Path:
    read_in(tmp_path / "home", WordEncoder())
    return tmp_path / "home"


def document(key: str, text: str) -> Document:
    return Document(key, SourceKind.RESEARCH, f"About {key}", (Section(("Results",), text),))


DOCUMENTS = (
    document("d:1", "Apples are red and grow on trees."),
    document("d:2", "Whales are large and live in the sea."),
)


def gold(*questions: GoldQuestion, tasks: frozenset[Task] = SEARCHED, own: bool = True) -> GoldSet:
    documents = (lambda: iter(DOCUMENTS)) if own else None
    return GoldSet("small", "made for a test", questions, tasks, ("retrieval",), documents)


def settings(home: Path, **others: object) -> RunSettings:
    return RunSettings(home.parent / "evals", home, seed=1, **others)  # type: ignore[arg-type]


WHALES = GoldQuestion("q1", "How large are whales in the sea?", relevant={"d:2": 1})
APPLES = GoldQuestion("q2", "Which apples are red?", relevant={"d:1": 1})


def test_a_set_is_asked_of_its_own_corpus_and_the_users_is_left_alone(home: Path) -> None:
    before = (read_pointer(home), sorted(path.name for path in home.iterdir()))
    run = Runner(WordEncoder(), settings(home)).run(gold(WHALES, APPLES))
    assert [one.run[0] for one in run.measured.outcomes] == ["d:2", "d:1"]
    assert run.measured.shares["retrieval"]["Hit@1"]["q1"].value == 1
    assert (read_pointer(home), sorted(path.name for path in home.iterdir())) == before


def test_what_is_left_out_is_not_found_by_that_question_and_is_by_the_others(home: Path) -> None:
    without = GoldQuestion("q3", WHALES.text, relevant={"d:2": 1}, without=frozenset({"d:2"}))
    run = Runner(WordEncoder(), settings(home)).run(gold(WHALES, without))
    assert [one.run for one in run.measured.outcomes] == [("d:2", "d:1"), ("d:1",)]


def test_a_second_run_asks_nothing_again_and_another_question_only_that(home: Path) -> None:
    class Counting(WordEncoder):
        pass

    first = Counting()
    Runner(first, settings(home)).run(gold(WHALES))
    second = Counting()
    Runner(second, settings(home)).run(gold(WHALES))
    assert WHALES.text in first.seen and second.seen == []


def test_a_question_that_takes_too_long_counts_as_wrong_and_the_rest_goes_on(home: Path) -> None:
    class Slow(WordEncoder):
        def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
            if WHALES.text in texts:
                time.sleep(1.0)
            return super().encode(texts)

    run = Runner(Slow(), settings(home, timeout_s=0.3)).run(gold(APPLES, WHALES))
    right, late = run.measured.outcomes
    assert right.run[0] == "d:1" and not right.error
    assert late.error == "took longer than 0.3 s"
    assert run.measured.shares["retrieval"]["Hit@1"]["q1"].value == 0


def test_a_question_that_cannot_be_asked_counts_as_wrong(home: Path) -> None:
    run = Runner(WordEncoder(), settings(home)).run(gold(GoldQuestion("q", "  ", relevant={"d:1": 1}), APPLES))
    assert "BadQuestion" in run.measured.outcomes[0].error
    assert [run.measured.shares["retrieval"]["Hit@1"][name].value for name in ("q", "q2")] == [0, 1]


def test_the_data_folder_itself_is_asked_where_a_set_has_no_corpus(home: Path) -> None:
    question = GoldQuestion("q", "What is examplumab indicated for?")
    run = Runner(WordEncoder(), settings(home)).run(gold(question, tasks=frozenset({Task.ANSWER}), own=False))
    answer = run.measured.outcomes[0].answer
    assert answer is not None and any("treatment of osteoporosis" in claim.text for claim in answer.claims())
    assert run.fingerprints["index"] == read_pointer(home)[0]


def test_the_vectors_of_all_corpora_are_kept_together_and_encoded_once(home: Path) -> None:
    encoder = WordEncoder()
    homes = Homes(home.parent / "evals", home, encoder)
    whole = homes.built("small", DOCUMENTS, frozenset())
    encoded = len(encoder.seen)
    part = homes.built("small", DOCUMENTS, frozenset({"d:1"}))
    assert whole != part and len(encoder.seen) == encoded
    homes.prune("small")
    assert whole.exists() and part.exists()
    Homes(home.parent / "evals", home, encoder).prune("small")
    assert not whole.exists() and not part.exists()


def test_a_torn_line_is_asked_again_and_a_failure_is_not_kept(tmp_path: Path) -> None:
    with KeptOutcomes(tmp_path, "set", "f" * 64) as kept:
        kept.keep(Outcome("one", run=("d:1",)))
        kept.keep(Outcome("two", error="failed"))
        kept.keep(Outcome("three", run=("d:2",)))
    (path,) = (tmp_path / "outcomes").iterdir()
    path.write_bytes(path.read_bytes()[:-10])
    with KeptOutcomes(tmp_path, "set", "f" * 64) as kept:
        assert kept.get("one") == Outcome("one", run=("d:1",))
        assert kept.get("two") is None and kept.get("three") is None
        kept.keep(Outcome("three", run=("d:3",)))
    with KeptOutcomes(tmp_path, "set", "f" * 64) as kept:
        assert kept.get("three") == Outcome("three", run=("d:3",))


def test_questions_are_drawn_the_same_way_with_the_same_seed_and_keep_their_order() -> None:
    many = gold(*(GoldQuestion(f"{n:02}", "?") for n in range(20)))
    first = [one.id for one in drawn(many, 5, 1).questions]
    assert first == sorted(first) == [one.id for one in drawn(many, 5, 1).questions]
    assert first != [one.id for one in drawn(many, 5, 2).questions]
    assert drawn(many, None, 1) is many


def test_a_folder_gives_its_documents_and_says_what_it_could_not_read(tmp_path: Path) -> None:
    (tmp_path / "bad.xml").write_bytes(b"<a>")
    (tmp_path / "good.md").write_text(TRIAL, encoding="utf-8")
    documents, skipped = documents_under(tmp_path)
    assert [one.key for one in documents] == ["research:sample-trial"]
    assert len(skipped) == 1 and "bad.xml" in skipped[0]
