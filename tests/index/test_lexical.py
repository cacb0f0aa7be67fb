"""BM25: what numpy reads is what bm25s gives."""

from pathlib import Path

import bm25s
import numpy as np
import pytest

from corpus.errors import Inconsistent
from index.lexical import Lexical, LexicalBuilder
from index.tokens import tokens

TEXTS = [
    "Romosozumab raises bone density, and bone density only.",
    "Warfarin raises the risk of bleeding.",
    "",
    "Bone pain was common; bleeding was not.",
]


def built(folder: Path, texts: list[str]) -> Lexical:
    builder = LexicalBuilder()
    for text in texts:
        builder.add(tokens(text))
    builder.save(folder)
    return Lexical(folder, len(texts))


def test_building_says_nothing_of_itself(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    built(tmp_path, TEXTS)
    assert caplog.records == []


@pytest.mark.parametrize("query", ["bone density", "bleeding risk warfarin", "raises"])
def test_scores_are_those_of_bm25s(tmp_path: Path, query: str) -> None:
    lexical = built(tmp_path, TEXTS)
    reference = bm25s.BM25.load(str(tmp_path), show_progress=False)
    assert np.allclose(lexical.scores(tokens(query)), reference.get_scores(tokens(query)), atol=1e-6)


def test_scores_are_lucenes_worked_out_by_hand(tmp_path: Path) -> None:
    found = built(tmp_path, ["bone bone pain", "pain"]).scores(["bone"])
    idf = np.log(1 + (2 - 1 + 0.5) / (1 + 0.5))
    assert found[0] == pytest.approx(idf * 2 / (2 + 0.9 * (1 - 0.4 + 0.4 * 3 / 2)), abs=1e-6)
    assert found[1] == 0


def test_a_term_counts_once_however_often_it_is_asked(tmp_path: Path) -> None:
    lexical = built(tmp_path, TEXTS)
    assert np.array_equal(lexical.scores(["bone", "bone"]), lexical.scores(["bone"]))


def test_terms_that_are_not_held_give_nothing(tmp_path: Path) -> None:
    lexical = built(tmp_path, TEXTS)
    assert not lexical.scores(["aspirin", ""]).any()
    assert not lexical.scores([]).any()


def test_texts_without_a_term_are_held_too(tmp_path: Path) -> None:
    assert not built(tmp_path, ["", "the of"]).scores(["bone"]).any()
    assert len(built(tmp_path / "two", ["", "the of"])) == 2


def test_damaged_files_are_refused_with_the_remedy(tmp_path: Path) -> None:
    built(tmp_path, TEXTS)
    (tmp_path / "vocab.index.json").write_text("{")
    with pytest.raises(Inconsistent, match="curbside index"):
        Lexical(tmp_path, 4)


def test_what_is_no_evidence_moves_no_other_passage(tmp_path: Path) -> None:
    builder = LexicalBuilder()
    for n, text in enumerate(["Bone bone was retracted, romosozumab and bleeding too.", *TEXTS, "Bone pain, pain."]):
        builder.add(tokens(text), is_evidence=0 < n <= len(TEXTS))
    builder.save(tmp_path / "grown")
    grown, scratch = Lexical(tmp_path / "grown", len(TEXTS) + 2), built(tmp_path / "scratch", TEXTS)
    for query in ("bone density", "bleeding risk warfarin", "raises romosozumab"):
        scores = grown.scores(tokens(query))
        assert np.array_equal(scores[1:-1], scratch.scores(tokens(query)))
    assert (len(grown), grown.counted, scratch.counted) == (6, 4, 4)
    terms = sorted({term for text in TEXTS for term in tokens(text)})
    assert [grown.frequency(term) for term in terms] == [scratch.frequency(term) for term in terms]
    assert (grown.frequency("bone"), grown.frequency("retracted"), grown.frequency("aspirin")) == (2, 0, 0)
    pain = grown.scores(["pain"])
    assert pain[-1] > pain[0] == 0  # what is withheld is still found, and ranked among itself


def test_where_nothing_is_evidence_all_is_counted(tmp_path: Path) -> None:
    builder = LexicalBuilder()
    for text in TEXTS:
        builder.add(tokens(text), is_evidence=False)
    builder.save(tmp_path / "all")
    lexical = Lexical(tmp_path / "all", len(TEXTS))
    assert (lexical.counted, lexical.frequency("bone")) == (4, 2)
    assert np.array_equal(lexical.scores(["bone"]), built(tmp_path / "same", TEXTS).scores(["bone"]))
