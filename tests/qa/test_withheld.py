from corpus.document import Document, Integrity, SourceKind
from qa.library import Library
from qa.synonyms import broader, expand
from qa.withheld import named, withheld
from tests.qa.conftest import AskOf

NOTICE = (
    "Not used, because retracted: “Zelomab cures severe asthma: a randomized trial”. "
    "The journal retracted it because the data could not be verified."
)


def test_a_retracted_publication_about_the_drug_and_the_terms_is_named(asked: AskOf, library: Library) -> None:
    found = withheld(asked("Does zelomab reduce asthma exacerbations?"), library.searcher)
    assert [document.key for document in found] == ["research:test-retracted"]
    assert named(found) == NOTICE


def test_one_in_a_wider_condition_is_named_to_who_asks_about_a_narrower_one() -> None:
    (concept,) = expand("Parkinson disease")
    assert "neurologic disease" in broader(concept.id)
    assert broader("osteoporosis") == ()


def test_one_about_another_drug_is_not_named(asked: AskOf, library: Library) -> None:
    assert withheld(asked("Does velatide reduce asthma exacerbations?"), library.searcher) == []


def test_one_that_does_not_speak_of_what_is_asked_is_not_named(asked: AskOf, library: Library) -> None:
    assert withheld(asked("Does zelomab cause hypocalcemia in dialysis?"), library.searcher) == []


def test_nothing_withheld_is_nothing_said() -> None:
    assert named([]) == ""


def test_a_reference_carries_its_first_two_identifiers_and_no_double_stop() -> None:
    numbers = (("pmid", "1"), ("doi", "10.1000/x"), ("pmcid", "PMC1"))
    document = Document(
        "pmid:1", SourceKind.RESEARCH, "A trial.", (), integrity=Integrity.WITHDRAWN, identifiers=numbers
    )
    assert named([document]) == "Not used, because withdrawn: “A trial” (PMID 1, DOI 10.1000/x)."
