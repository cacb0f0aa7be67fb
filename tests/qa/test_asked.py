import pytest

from corpus.document import Document, Section, SourceKind
from qa.asked import OVERVIEW, PASSAGES, ask_of
from qa.aspect import Aspect
from qa.library import Library
from qa.terms import normalised
from qa.understand import understand
from tests.qa.conftest import AskOf

BOXED = Section(("Boxed Warning",), "", code="34066-1", codes=("34066-1",))
INDICATIONS = Section(("Indications and Usage",), "", number="1", code="34067-9", codes=("34067-9",))
STUDIES = Section(("Clinical Studies",), "", number="14", code="34092-7", codes=("34092-7",))


def names(asked: AskOf, question: str, *history: str) -> list[str]:
    return [term.name for term in asked(question, *history).terms]


def test_drugs_are_known_by_every_name_they_are_held_under(asked: AskOf) -> None:
    (drug,) = asked("What is Zelo for?").drugs
    assert drug.shown == "zelomab"
    assert {"zelo", "zelomab"} <= drug.names
    assert asked("What is Zelo for?").names_drug(normalised("On zelomab, all was well."))
    assert not asked("What is Zelo for?").names_drug(normalised("On velatide, all was well."))


def test_brand_and_generic_in_one_question_are_one_drug(asked: AskOf) -> None:
    assert len(asked("Is Zelo the same as zelomab?").drugs) == 1


def test_terms_are_what_is_asked_about_beside_the_drug(asked: AskOf) -> None:
    assert names(asked, "Can zelomab cause hypocalcemia?") == ["hypocalcemia"]
    assert names(asked, "What is zelomab?") == []


def test_a_drug_that_is_not_held_is_a_term_that_other_documents_may_speak_of(asked: AskOf) -> None:
    question = asked("Can fortemine be given with zelomab?")
    (term,) = [term for term in question.terms if term.name == "fortemine"]
    assert term.weight > 1 and term.within(normalised("No interaction with fortemine."))


def test_the_words_of_the_aspect_are_known(asked: AskOf) -> None:
    assert "stored" in asked("How is zelomab stored?").cue_words
    assert asked("Zelomab, please").cue_words == frozenset()


def test_an_aspect_far_behind_the_first_is_not_followed(asked: AskOf) -> None:
    for question in ("What is zelomab indicated for?", "Is zelomab safe in pregnancy?"):
        aspects = asked(question).aspects
        assert all(one.score >= 0.5 * aspects[0].score for one in aspects)


def test_an_indication_leads_to_section_1_and_not_to_14(asked: AskOf) -> None:
    question = asked("What is zelomab indicated for?")
    assert question.prior(INDICATIONS) == 1.0
    assert question.prior(STUDIES) < 0.5


def test_an_overview_leads_to_its_aspects_in_order(asked: AskOf) -> None:
    question = asked("Tell me about zelomab")
    assert question.is_overview and not asked("zelomab dose").is_overview
    assert [prior(INDICATIONS) == 1.0 for prior in question.overview()] == [a is Aspect.INDICATION for a in OVERVIEW]


@pytest.mark.parametrize(
    ("question", "wanted"),
    [
        ("What is zelomab indicated for?", True),
        ("Who should not receive zelomab?", True),
        ("zelomab", True),
        ("How is zelomab stored?", False),
        ("What are the ingredients of zelomab?", False),
        ("What does zelomab cost?", False),
        ("What is the half-life of zelomab?", False),
    ],
)
def test_the_boxed_warning_bears_on_use_and_safety_and_not_on_keeping_it(
    asked: AskOf, question: str, wanted: bool
) -> None:
    assert asked(question).wants_boxed_warning is wanted


def test_harm_and_safety_are_known_by_the_first_aspect(asked: AskOf) -> None:
    harm, use, dose = asked("Side effects of zelomab"), asked("What is zelomab indicated for?"), asked("Zelomab dose")
    assert (harm.is_harm, harm.is_safety) == (True, True)
    assert (use.is_harm, use.is_safety) == (False, True)
    assert (dose.is_harm, dose.is_safety) == (False, False)


def test_a_question_of_one_drug_that_names_none_needs_one(asked: AskOf) -> None:
    assert asked("What is the dose?").needs_drug
    assert not asked("What is the dose?", "What is zelomab indicated for?").needs_drug
    assert not asked("What is the dose of fortemine?").needs_drug
    assert not asked("How is gout diagnosed?").needs_drug


def test_trials_are_known_by_their_capitals_and_abbreviations_are_not_trials(asked: AskOf) -> None:
    assert asked("What did QUILLON show?").studies == ("QUILLON",)
    assert asked("What does the FDA say of zelomab in CKD, by NICE?").studies == ()
    assert asked("WHAT DID QUILLON SHOW?").studies == ()


def test_a_trial_is_named_by_text_or_title(asked: AskOf) -> None:
    question = asked("What did QUILLON show?")
    document = Document("research:test", SourceKind.RESEARCH, "Zelomab: the QUILLON trial", ())
    assert question.names_study("It worked.", document)
    assert question.names_study("In QUILLON it worked.", Document("research:x", document.kind, "X", ()))
    assert not question.names_study("It worked.", Document("research:x", document.kind, "X", ()))


def test_a_trial_that_is_held_is_known_by_its_report_and_is_no_word_to_be_spoken_of(asked: AskOf) -> None:
    question = asked("What did QUILLON show?")
    assert [report.key for report in question.reports] == ["research:test-quillon"]
    assert question.is_of_trials and question.is_bare and names(asked, "What did QUILLON show?") == []
    assert not asked("What did QUILLON show on exacerbations?").is_bare
    unknown = asked("What did SCOOP show?")
    assert unknown.reports == () and [term.name for term in unknown.terms] == ["scoop"] and not unknown.is_bare


def test_drugs_to_be_compared_stand_side_by_side(asked: AskOf) -> None:
    question = asked("Is zelomab better than velatide?")
    assert question.is_comparison and not asked("What is Zelo for?").is_comparison
    assert question.sets_side_by_side(normalised("Zelo did better than velatide."))
    assert not question.sets_side_by_side(normalised("Zelo is zelomab."))


@pytest.mark.parametrize(
    ("question", "method"),
    [
        ("How many women were enrolled in QUILLON?", True),
        ("who was studied?", True),
        ("What was QUILLON?", True),
        ("How many doses of zelomab are given?", False),
        ("Does zelomab reduce exacerbations?", False),
    ],
)
def test_a_question_about_how_a_study_was_done_is_known(asked: AskOf, question: str, method: bool) -> None:
    assert asked(question).is_about_method is method


def test_guideline_bodies_are_known(asked: AskOf) -> None:
    assert asked("What does NICE say about zelomab?").bodies == {"NICE"}


@pytest.mark.parametrize(
    ("text", "recommends"),
    [
        ("The society recommends zelomab first.", True),
        ("Zelomab is indicated in adults.", True),
        ("Zelomab was well tolerated.", False),
        ("The society recommends velatide.", False),
    ],
)
def test_a_recommendation_of_the_drug_is_told_from_other_talk(asked: AskOf, text: str, recommends: bool) -> None:
    assert asked("What is zelomab indicated for?").recommends_drug(normalised(text)) is recommends


def test_a_document_concerns_the_drug_by_its_drugs_its_title_or_its_headings(asked: AskOf) -> None:
    question, plain = asked("zelomab dose"), Section(("Results",), "")

    def document(title: str = "A trial", drugs: tuple[str, ...] = ()) -> Document:
        return Document("research:test", SourceKind.RESEARCH, title, (), drugs=drugs)

    assert question.concerns(document(drugs=("zelomab",)), plain)
    assert question.concerns(document(title="Zelomab in asthma"), plain)
    assert question.concerns(document(), Section(("Zelomab",), ""))
    assert not question.concerns(document(drugs=("velatide",)), plain)


def test_a_question_that_follows_is_searched_in_both_its_forms(asked: AskOf) -> None:
    follow = asked("And in CKD?", "What is zelomab indicated for?")
    assert [query.text for query in follow.queries] == [follow.understanding.standalone, "And in CKD?"]
    assert len(asked("What is zelomab indicated for?").queries) == 1


def test_hits_are_the_best_of_both_forms_each_once(asked: AskOf, library: Library) -> None:
    follow = asked("And the dose?", "What is zelomab indicated for?")
    hits = follow.hits(library.searcher, SourceKind.LABEL, 10)
    assert len(hits) == 10 and len({hit.row for hit in hits}) == 10
    assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)
    single = {
        hit.row: hit.score
        for query in follow.queries
        for hit in library.searcher.search(query, kind=SourceKind.LABEL, k=PASSAGES)
    }
    assert {hit.row for hit in hits} <= set(single)


def test_a_kind_is_searched_once_a_question(library: Library) -> None:
    question = ask_of(understand("zelomab dose", (), library.lexicon), library.searcher)
    first = question.hits(library.searcher, SourceKind.LABEL, 5)
    assert question.hits(library.searcher, SourceKind.LABEL, 3) == first[:3]
    assert question.hits(library.searcher, SourceKind.LABEL, 3)[0] is first[0]


def test_a_form_that_was_encoded_ahead_is_not_encoded_again(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    searcher, text = library.searcher, "Does zelomab lower the rate of exacerbations?"
    ahead = searcher.prepare_all([text, "quite another question"])
    encoded: list[str] = []
    monkeypatch.setattr(searcher, "prepare_all", lambda texts: encoded.extend(texts))
    assert ask_of(understand(text, (), library.lexicon), searcher, ahead).queries == ahead[:1]
    assert encoded == []
