"""Label passages by drug, section and words."""

from corpus.document import SourceKind
from index.hit import Filters
from qa.answerer import Answerer
from qa.aspect import Aspect
from qa.label_ranking import labels_reranked, ranked_label_hits
from qa.label_words import label_terms
from qa.library import Library
from qa.understand import Understanding, understand


def of(library: Library, question: str) -> Understanding:
    return understand(question, (), library.lexicon)


def test_the_section_that_the_aspect_leads_to_comes_first(library: Library) -> None:
    for question, number in (("What is velatide indicated for?", "1"), ("How does velatide work?", "12.1")):
        (first, *_) = ranked_label_hits(of(library, question), library.searcher, library.searcher.prepare(question), 5)
        assert (first.document.key, first.section.number) == ("label:test-velatide", number)


def test_labels_of_the_drug_come_before_those_of_others(library: Library) -> None:
    question = "What are the warnings of velatide?"
    hits = ranked_label_hits(of(library, question), library.searcher, library.searcher.prepare(question), 100)
    about = [hit.document.key == "label:test-velatide" for hit in hits]
    assert True in about
    assert about == sorted(about, reverse=True)


def test_scores_fall_from_1_to_0_and_say_what_they_are_made_of(library: Library) -> None:
    question = "What is the dose of zelomab?"
    hits = ranked_label_hits(of(library, question), library.searcher, library.searcher.prepare(question), 100)
    scores = [hit.score for hit in hits]
    assert scores == sorted(scores, reverse=True)
    assert 0 <= scores[-1] <= scores[0] <= 1
    assert [hit.rank for hit in hits] == list(range(1, len(hits) + 1))
    assert set(hits[0].parts) == {"vector", "bm25", "sentence", "drug", "section", "words"}
    assert hits[0].parts["drug"] == hits[0].parts["section"] == 1


def test_a_filter_holds(library: Library) -> None:
    question = "What is the dose of zelomab?"
    query = library.searcher.prepare(question)
    filters = Filters(drugs=frozenset({"velatide"}))
    hits = ranked_label_hits(of(library, question), library.searcher, query, 100, filters)
    assert {hit.document.key for hit in hits} == {"label:test-velatide"}


def test_a_question_without_a_drug_is_ranked_all_the_same(library: Library) -> None:
    question = "gout"
    hits = ranked_label_hits(of(library, question), library.searcher, library.searcher.prepare(question), 3)
    assert len(hits) == 3
    assert {hit.parts["drug"] for hit in hits} == {0.0}


def test_other_sources_stand_where_they_stood(library: Library) -> None:
    question = "What is velatide indicated for?"
    query = library.searcher.prepare(question)
    hits = library.searcher.search(query, k=20)
    ranked = labels_reranked(hits, of(library, question), library.searcher, query)
    others = [hit for hit in hits if hit.document.kind is not SourceKind.LABEL]
    assert [hit for hit in ranked if hit.document.kind is not SourceKind.LABEL] == others
    assert [(hit.rank, hit.score) for hit in ranked] == [(hit.rank, hit.score) for hit in hits]
    labels = [hit for hit in ranked if hit.document.kind is SourceKind.LABEL]
    assert labels[0].section.number == "1"


def test_the_search_of_the_product_ranks_labels_so(answerer: Answerer) -> None:
    hits = answerer.search("How does velatide work?", kind=SourceKind.LABEL, k=3)
    assert hits[0].section.number == "12.1"


def test_words_are_looked_for_as_the_index_has_them() -> None:
    assert "color" in label_terms(Aspect.SUPPLY)
    assert label_terms(Aspect.COST) == ()
