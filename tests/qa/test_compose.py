import pytest

from corpus.document import SourceKind
from qa.cite import Citations
from qa.compose import compose, parts_of, searched
from qa.library import Library
from tests.qa.conftest import AskOf


def test_the_parts_stand_in_the_order_of_the_page(asked: AskOf, library: Library) -> None:
    blocks = compose(asked("What do we know of zelomab in severe asthma?"), library.searcher)
    assert list(blocks) == [SourceKind.GUIDELINE, SourceKind.LABEL, SourceKind.RESEARCH]
    assert all(blocks.values())


def test_every_part_says_what_was_searched_and_how_many_documents_it_quotes(asked: AskOf, library: Library) -> None:
    question = asked("Does zelomab reduce asthma exacerbations?")
    citations = Citations()
    parts = parts_of(compose(question, library.searcher), question, library.searcher, citations)
    for part in parts:
        assert part.searched.startswith("Searched ") and part.searched.endswith(".")
        numbers = {n for block in part.blocks for claim in block.claims for n in claim.citations}
        assert part.found == len({citation.document for citation in citations.all() if citation.n in numbers})
    assert [citation.n for citation in citations.all()] == list(range(1, len(citations.all()) + 1))


def test_citations_are_numbered_through_the_parts(asked: AskOf, library: Library) -> None:
    question = asked("Does zelomab reduce asthma exacerbations?")
    citations = Citations()
    parts = parts_of(compose(question, library.searcher), question, library.searcher, citations)
    met = [n for part in parts for block in part.blocks for claim in block.claims for n in claim.citations]
    assert list(dict.fromkeys(met)) == sorted(set(met))


@pytest.mark.parametrize(
    ("kind", "found", "said"),
    [
        (SourceKind.GUIDELINE, True, "Searched 5 passages of 3 guidelines for zelomab."),
        (
            SourceKind.LABEL,
            False,
            "Searched 30 passages of 4 FDA drug labels for zelomab; none of them answers the question.",
        ),
    ],
)
def test_what_was_searched_is_counted(asked: AskOf, library: Library, kind: SourceKind, found: bool, said: str) -> None:
    assert searched(kind, asked("zelomab"), library.searcher, found) == said


def test_without_a_drug_none_is_named_as_searched_for(asked: AskOf, library: Library) -> None:
    assert " for " not in searched(SourceKind.LABEL, asked("How is gout diagnosed?"), library.searcher, True)


def test_a_refused_question_has_three_empty_parts(asked: AskOf, library: Library) -> None:
    parts = parts_of({}, asked("zelomab"), library.searcher, Citations())
    assert [(part.kind, part.found, part.blocks) for part in parts] == [(kind, 0, ()) for kind in SourceKind]
    assert all("none of them answers" in part.searched for part in parts)
