"""Search: kinds apart, filters, shares of the score, odd questions."""

from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest

from corpus.document import Integrity, SourceKind
from index.candidates import KEPT_FILTERS
from index.hit import EVIDENCE, Filters, Hit
from index.publish import publish
from index.search import Searcher, merge
from index.snapshot import open_snapshot
from tests.index.corpora import WordEncoder, small_corpus, split_document


@pytest.fixture(params=["faiss_flat", "faiss_fp16"])
def searcher(tmp_path: Path, request: pytest.FixtureRequest) -> Searcher:
    publish(tmp_path, small_corpus(), WordEncoder(), corpus_fingerprint="seven", engine=request.param)
    return Searcher(open_snapshot(tmp_path), WordEncoder())


def keys(hits: list[Hit]) -> list[str]:
    return [hit.document.key for hit in hits]


def test_the_passage_that_speaks_of_it_comes_first(searcher: Searcher) -> None:
    hits = searcher.search("risk of myocardial infarction with romosozumab")
    assert keys(hits)[0] == "spl:evenity"
    assert hits[0].passage.text.startswith("Romosozumab may raise the risk")
    assert [hit.rank for hit in hits] == list(range(1, len(hits) + 1))
    assert all(a.score >= b.score for a, b in pairwise(hits))


@pytest.mark.parametrize("kind", list(SourceKind))
def test_a_kind_is_searched_alone(searcher: Searcher, kind: SourceKind) -> None:
    hits = searcher.search("romosozumab bone density", kind=kind)
    assert hits and {hit.document.kind for hit in hits} == {kind}


def test_without_a_kind_all_are_searched_and_the_filter_narrows_them(searcher: Searcher) -> None:
    assert {hit.document.kind for hit in searcher.search("bone")} == set(SourceKind)
    two = Filters(kinds=frozenset({SourceKind.LABEL, SourceKind.RESEARCH}))
    assert {hit.document.kind for hit in searcher.search("bone", filters=two)} == set(two.kinds)
    assert searcher.search("bone", kind=SourceKind.GUIDELINE, filters=two) == []


def test_the_parts_are_what_each_searcher_gave(searcher: Searcher) -> None:
    query = searcher.prepare("calcium first")
    for hit in searcher.search(query):
        vector = WordEncoder().encode([f"{hit.document.title}\n{hit.section.title}\n{hit.passage.text}"])[0]
        assert hit.parts["vector"] == pytest.approx(float(vector @ query.vector), abs=2e-3)
        assert hit.parts["sentence"] == pytest.approx(float(searcher.sentence_scores(query, hit.row).max()), abs=1e-3)
        assert (hit.parts["bm25"] > 0) == ("calcium" in hit.passage.text or "first" in hit.passage.text)
        assert 0 <= hit.score <= 1


@pytest.mark.parametrize(("kind", "shares"), [(SourceKind.RESEARCH, True), (SourceKind.LABEL, False)])
def test_a_passage_of_an_article_stands_by_what_its_neighbour_says(
    tmp_path: Path, kind: SourceKind, shares: bool
) -> None:
    words = "Quite other words."
    corpus = [
        split_document("one", "Calcium lowers the rate of fractures.", words, kind=kind),
        split_document("two", words, kind=kind),
    ]
    publish(tmp_path, corpus, WordEncoder(), corpus_fingerprint="beside")
    hits = Searcher(open_snapshot(tmp_path), WordEncoder()).search("Calcium lowers the rate of fractures.")
    beside, alone = (
        next(h for h in hits if h.document.key == key and h.passage.text == words) for key in ("one", "two")
    )
    assert (beside.score - alone.score > 0.4) == shares
    assert beside.parts["vector"] < hits[0].parts["vector"]  # the share shown is its own


def test_retracted_articles_are_returned_only_when_asked_for(searcher: Searcher) -> None:
    question = "Romosozumab raised bone density in men"
    assert "pmid:3" not in keys(searcher.search(question, k=100))
    everything = Filters(integrity=frozenset(Integrity))
    assert keys(searcher.search(question, kind=SourceKind.RESEARCH, filters=everything))[0] == "pmid:3"
    retracted = Filters(integrity=frozenset({Integrity.RETRACTED}))
    assert keys(searcher.search(question, filters=retracted)) == ["pmid:3"]
    assert Integrity.WITHDRAWN not in EVIDENCE


def test_what_is_no_evidence_is_left_out_alike_before_the_search_and_after_it(
    searcher: Searcher, monkeypatch: pytest.MonkeyPatch
) -> None:
    questions = ["bone density", "risk of myocardial infarction", "trial"]
    after = [[(hit.row, hit.score) for hit in searcher.search(one)] for one in questions]
    monkeypatch.setattr("index.candidates.FEW", -1)
    assert [[(hit.row, hit.score) for hit in searcher.search(one)] for one in questions] == after
    withheld = [searcher.snapshot.document_of(row).key for row in searcher.withheld(SourceKind.RESEARCH)]
    assert withheld == ["pmid:3"] and searcher.withheld(SourceKind.LABEL) == []


@pytest.mark.parametrize("name", ["romosozumab", "Evenity", "EVENITY"])
def test_a_drug_is_matched_by_generic_or_brand_in_any_case(searcher: Searcher, name: str) -> None:
    found = keys(searcher.search("dose", kind=SourceKind.LABEL, filters=Filters(drugs=frozenset({name}))))
    assert found == ["spl:evenity", "spl:evenity"]


def test_a_drug_that_is_not_held_finds_nothing(searcher: Searcher) -> None:
    assert searcher.search("dose", filters=Filters(drugs=frozenset({"ozempic"}))) == []


def test_years_narrow_on_both_sides_and_an_unknown_year_is_no_year(searcher: Searcher) -> None:
    both = Filters(year_from=2016, year_to=2018)
    assert set(keys(searcher.search("romosozumab", k=100, filters=both))) == {"pmid:1", "pmid:2"}
    early = Filters(year_to=2016)
    assert set(keys(searcher.search("romosozumab", k=100, filters=early))) == {"pmid:1"}


def test_at_most_k_are_returned(searcher: Searcher) -> None:
    assert len(searcher.search("bone", k=2)) == 2
    assert searcher.search("bone", k=0) == []


def test_equal_passages_come_in_the_order_of_their_rows(tmp_path: Path) -> None:
    corpus = [split_document("pmid:same", *["The very same text."] * 1)] + [
        split_document("pmid:same", "The very same text.", year=year) for year in range(1990, 2020)
    ]
    publish(tmp_path, corpus, WordEncoder(), corpus_fingerprint="same")
    searcher = Searcher(open_snapshot(tmp_path), WordEncoder())
    assert [hit.row for hit in searcher.search("same text", k=7)] == list(range(7))


@pytest.mark.parametrize(
    "question",
    [
        "",
        "   \n",
        "?!…",
        "骨粗鬆症",
        "<script>alert(1)</script>",
        "\x00\x07bone",
        "bone " * 20_000,
        "\ud800 bone",
        "the of and",
    ],
)
def test_odd_questions_are_answered_without_a_fault(searcher: Searcher, question: str) -> None:
    hits = searcher.search(question)
    assert all(np.isfinite(hit.score) for hit in hits)


def test_many_threads_find_what_one_finds(searcher: Searcher) -> None:
    questions = ["bone density", "calcium", "stroke", "dose once a month"] * 8
    alone = [[(hit.row, hit.score) for hit in searcher.search(question)] for question in questions]
    with ThreadPoolExecutor(8) as pool:
        together = list(pool.map(lambda q: [(hit.row, hit.score) for hit in searcher.search(q)], questions))
    assert together == alone


def test_forms_of_a_question_are_merged_each_row_once_by_its_best_score(searcher: Searcher) -> None:
    one, two = searcher.search("stroke", k=4), searcher.search("calcium first", k=4)
    merged = merge([one, two], 6)
    scores = {row: max(h.score for h in (*one, *two) if h.row == row) for row in {h.row for h in (*one, *two)}}
    assert [(hit.row, hit.score) for hit in merged] == sorted(scores.items(), key=lambda x: (-x[1], x[0]))[:6]
    assert [hit.rank for hit in merged] == list(range(1, len(merged) + 1))
    assert merge([], 5) == []


def test_a_search_that_was_begun_ahead_finds_the_same(searcher: Searcher) -> None:
    for kind in SourceKind:
        alone, ahead = searcher.prepare("bone density"), searcher.prepare("bone density")
        searcher.begin(ahead, kind)
        found = [[(hit.row, hit.score) for hit in searcher.search(one, kind=kind)] for one in (alone, ahead)]
        assert found[0] == found[1] and not ahead.begun


def test_what_filters_let_through_is_kept_for_a_number_of_them(searcher: Searcher) -> None:
    for year in range(1900, 1900 + 3 * KEPT_FILTERS):
        searcher.search("bone", kind=SourceKind.RESEARCH, filters=Filters(year_from=year))
    assert searcher._candidates._allowed.cache_info().currsize == KEPT_FILTERS


def test_shares_are_the_same_for_one_kind_of_source_and_for_all(searcher: Searcher) -> None:
    shares = {hit.row: hit.parts for hit in searcher.search("calcium first", k=100)}
    for kind in SourceKind:
        for hit in searcher.search("calcium first", kind=kind, k=100):
            assert list(hit.parts) == ["vector", "bm25", "sentence"] and hit.parts == shares[hit.row]
