import math

import numpy as np
import pytest

from corpus.document import SourceKind
from index.query import Query
from qa.compose import compose
from qa.confidence import of_blocks, of_passages, quoted_rows, shared_words
from qa.library import Library
from qa.second_look import second_look
from tests.qa.conftest import AskOf


class OneWord:
    """Four passages; the word stands in the first alone, with all the score that it can give."""

    counted = 4

    def frequency(self, term: str) -> int:
        return 1 if term == "shark" else 0

    def scores(self, terms: tuple[str, ...]) -> "np.ndarray[tuple[int], np.dtype[np.float32]]":
        return np.array([math.log(1 + 3.5 / 1.5), 0, 0, 0], np.float32)


def share(*terms: str) -> list[float]:
    """Return the shares of the words of a question that the four passages have."""
    found = shared_words(Query("", np.empty(0, np.float32), terms), OneWord(), np.arange(4))  # type: ignore[arg-type]
    return [round(float(one), 4) for one in found]


def test_a_passage_with_all_the_words_has_the_whole_share() -> None:
    assert share("shark") == [1.0, 0.0, 0.0, 0.0]


def test_a_word_that_stands_nowhere_is_missed_by_all() -> None:
    known, unknown = math.log(1 + 3.5 / 1.5), math.log(1 + 4.5 / 0.5)
    assert share("shark", "whale") == [pytest.approx(known / (known + unknown), abs=1e-4), 0.0, 0.0, 0.0]


def test_confidence_is_a_share_and_higher_where_the_passage_is_about_the_drug(asked: AskOf, library: Library) -> None:
    rows = [int(row) for row in library.snapshot.rows_of_kind(SourceKind.LABEL)]
    found = of_passages(asked("What is the dose of velatide?"), library.searcher, SourceKind.LABEL, rows)
    assert found.shape == (len(rows),) and (found >= 0).all() and (found <= 1).all()
    about = ["velatide" in library.snapshot.document_of(row).drugs for row in rows]
    assert any(about) and found[about].mean() > found[np.logical_not(about)].mean()


def test_no_passages_have_no_confidence(asked: AskOf, library: Library) -> None:
    assert of_passages(asked("What is zelomab?"), library.searcher, SourceKind.LABEL, []).tolist() == []
    assert of_blocks(asked("What is zelomab?"), library.searcher, SourceKind.LABEL, []) == 0.0


def test_a_part_is_as_sure_as_its_surest_passage(asked: AskOf, library: Library) -> None:
    one = asked("What is zelomab indicated for?")
    label = compose(one, library.searcher)[SourceKind.LABEL]
    rows = quoted_rows(library.searcher, label)
    assert rows == sorted(set(rows))
    each = of_passages(one, library.searcher, SourceKind.LABEL, rows)
    assert of_blocks(one, library.searcher, SourceKind.LABEL, label) >= each.max()


@pytest.mark.parametrize("question", ["What do sharks eat?", "What are the contraindications?", "Hello there"])
def test_a_second_look_finds_nothing_for_what_is_not_held(asked: AskOf, library: Library, question: str) -> None:
    assert not any(second_look(asked(question), library.searcher).values())


def test_a_second_look_speaks_of_every_drug_that_is_not_held(asked: AskOf, library: Library) -> None:
    found = second_look(asked("How does fortemine compare with zelomab in severe asthma?"), library.searcher)
    texts = [point.text.lower() for blocks in found.values() for _, points in blocks for point in points]
    assert not texts
