import pytest

from corpus.document import SourceKind
from qa.answer import Refusal
from qa.compose import Blocks, compose
from qa.library import Library
from qa.refuse import NEAREST_EACH, nearest, refusal_of, settle, what_is_asked
from qa.turning import left_open
from tests.qa.conftest import AskOf

NOTHING: dict[SourceKind, Blocks] = {}


def refused(asked: AskOf, library: Library, question: str, *history: str) -> Refusal | None:
    """Return the refusal of what the composer found for a question."""
    one = asked(question, *history)
    return refusal_of(one, compose(one, library.searcher), library.searcher)


@pytest.mark.parametrize(
    "question",
    [
        "What is zelomab indicated for?",
        "How is gout diagnosed?",
        "Does velatide interact with warfarin?",
        "Should serum calcium be checked before zelomab?",
    ],
)
def test_what_the_points_speak_of_is_not_refused(asked: AskOf, library: Library, question: str) -> None:
    assert refused(asked, library, question) is None


def test_nothing_found_is_refused_with_what_was_looked_for(asked: AskOf, library: Library) -> None:
    refusal = refusal_of(asked("Can velatide cause hypocalcemia?"), NOTHING, library.searcher)
    assert refusal is not None
    assert refusal.reason == "The sources held here do not answer this question."
    assert refusal.missing == ("a passage about hypocalcemia for velatide",)


def test_a_drug_that_is_not_held_is_named_in_reason_and_missing(asked: AskOf, library: Library) -> None:
    refusal = refused(asked, library, "What is fortemine indicated for?")
    assert refusal is not None and "fortemine" in refusal.reason and "fortemine" in refusal.missing[0]


def test_a_drug_without_documents_that_another_label_speaks_of_is_answered(asked: AskOf, library: Library) -> None:
    assert refused(asked, library, "Can zelomab be given with theophylline?") is None


def test_a_condition_that_no_point_speaks_of_is_refused_by_name(asked: AskOf, library: Library) -> None:
    refusal = refused(asked, library, "Does zelomab prevent migraine?")
    assert refusal is not None and refusal.missing == ("a passage that speaks of migraine",)


def test_an_effect_or_whom_it_is_in_does_not_stand_for_the_condition_asked_about(
    asked: AskOf, library: Library
) -> None:
    """ "Prevents" and "on dialysis" are said of the drug; malaria and migraine are not."""
    for question, name in (
        ("Does zelomab prevent malaria?", "malaria"),
        ("Does zelomab prevent migraine in patients on dialysis?", "migraine"),
    ):
        one = asked(question)
        settled = settle(one, compose(one, library.searcher), library.searcher)
        assert settled.refusal is not None and settled.refusal.missing == (f"a passage that speaks of {name}",)


def test_a_question_of_one_drug_without_a_drug_asks_for_its_name(asked: AskOf, library: Library) -> None:
    refusal = refused(asked, library, "What are the contraindications?")
    assert refusal is not None and refusal.missing == ("the name of the drug",)
    assert refused(asked, library, "What are the contraindications?", "What is zelomab indicated for?") is None


def test_what_is_asked_is_its_terms_else_its_aspect(asked: AskOf) -> None:
    assert what_is_asked(asked("Can zelomab cause hypocalcemia?")) == "hypocalcemia"
    assert what_is_asked(asked("zelomab")) == "overview"


def test_the_nearest_sources_are_at_most_two_of_a_kind_each_once(asked: AskOf, library: Library) -> None:
    found = nearest(asked("Does zelomab prevent migraine in asthma?"), library.searcher)
    for kind in SourceKind:
        keys = [one.document for one in found if one.kind is kind]
        assert 0 < len(keys) <= NEAREST_EACH and len(set(keys)) == len(keys)


def test_the_nearest_sources_are_never_retracted_ones(asked: AskOf, library: Library) -> None:
    found = nearest(asked("Zelomab cures severe asthma: a randomized trial"), library.searcher)
    assert "research:test-retracted" not in {one.document for one in found}


def test_a_nearest_source_leads_to_its_passage(asked: AskOf, library: Library) -> None:
    for one in nearest(asked("Does zelomab prevent migraine?"), library.searcher):
        row = library.snapshot.row_of(one.passage)
        assert library.snapshot.document_of(row).key == one.document
        assert library.snapshot.section_of(row).title in one.section


def test_what_no_point_speaks_of_is_said_to_be_left_open(asked: AskOf, library: Library) -> None:
    one = asked("Can zelomab cause hypocalcemia or gallstones?")
    open_ends = left_open(one, compose(one, library.searcher), library.searcher)
    assert "gallstones" in open_ends and "hypocalcemia" not in open_ends


def test_words_that_only_name_the_aspect_are_not_left_open(asked: AskOf, library: Library) -> None:
    one = asked("How should zelomab be refrigerated?")
    assert left_open(one, compose(one, library.searcher), library.searcher) == []


def test_what_was_found_for_a_drug_that_is_held_is_kept_whole(asked: AskOf, library: Library) -> None:
    one = asked("What is zelomab indicated for?")
    found = compose(one, library.searcher)
    settled = settle(one, found, library.searcher)
    assert settled.blocks == found and settled.refusal is None and 0 < settled.confidence <= 1


@pytest.mark.parametrize("question", ["What do sharks eat?", "What is fortemine indicated for?"])
def test_what_is_not_held_is_refused_with_no_confidence(asked: AskOf, library: Library, question: str) -> None:
    one = asked(question)
    settled = settle(one, compose(one, library.searcher), library.searcher)
    assert settled.refusal is not None and settled.blocks == {} and settled.confidence == 0.0


def test_a_figure_is_no_subject_that_a_passage_must_speak_of(asked: AskOf, library: Library) -> None:
    assert refused(asked, library, "What is zelomab 40mcg for?") is None
