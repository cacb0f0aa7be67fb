"""Terms of a question, and whether a sentence speaks of them."""

from hypothesis import given
from hypothesis import strategies as st

from qa.terms import beginning, coverage, normalised, terms


def asked(question: str, *concepts: tuple[str, ...], names: tuple[str, ...] = ()) -> list[str]:
    return [term.name for term in terms(question, names, concepts)]


def test_drug_names_and_empty_words_are_not_terms() -> None:
    assert asked("What is the effect of Prolia on hip fracture?", names=("prolia",)) == ["effect", "hip", "fracture"]


def test_words_that_ask_for_a_study_a_comparison_or_a_risk_are_not_what_it_is_about() -> None:
    assert asked("Is there a trial that compared the risk of falls?") == ["falls"]


def test_a_concept_is_one_term_however_it_is_put() -> None:
    found = terms("Can it be used in CKD?", (), [("chronic kidney disease", "ckd", "renal impairment")])
    assert [term.name for term in found] == ["chronic kidney disease"]
    assert found[0].within(normalised("No dose adjustment is needed in patients with renal impairment."))


def test_words_meet_in_their_stems() -> None:
    (term,) = terms("fractures", (), ())
    assert term.within(normalised("the fracture healed"))
    (term,) = terms("allergies", (), ())
    assert term.within(normalised("An allergy to latex"))


def test_short_words_are_matched_whole() -> None:
    (term,) = terms("MI", (), ())
    assert not term.within(normalised("a mild rash"))
    assert term.within(normalised("after an MI."))


def test_coverage_is_the_share_by_weight() -> None:
    found = terms("hip fracture in CKD", (), [("ckd", "kidney disease")])
    assert coverage(found, normalised("hip and kidney disease")) == 3 / 4
    assert coverage((), normalised("anything")) == 0.0


def test_the_words_of_a_concept_do_not_count_again() -> None:
    assert asked("Can it be given in chronic kidney disease?", ("chronic kidney disease", "CKD")) == [
        "chronic kidney disease"
    ]


def test_figures_and_times_weigh_little_and_concepts_most() -> None:
    weights = {term.name: term.weight for term in terms("stroke within 12 months fracture", (), [("stroke",)])}
    assert weights["12"] == weights["months"] < weights["fracture"] < weights["stroke"]


def test_a_word_asked_twice_is_one_term() -> None:
    assert asked("fracture, fracture and fracture") == ["fracture"]


def test_punctuation_and_case_never_part_words_from_their_terms() -> None:
    (term,) = terms("hypersensitivity", (), ())
    assert term.within(normalised("(HYPERSENSITIVITY)/anaphylaxis"))
    assert not term.within(normalised("sensitivity"))


@given(st.text(max_size=60))
def test_a_text_speaks_of_each_of_its_own_words(text: str) -> None:
    spoken = normalised(text)
    assert spoken.startswith(" ") and spoken.endswith(" ")
    for term in terms(text, (), ()):
        assert term.within(spoken)
    assert coverage(terms(text, (), ()), spoken) in (0.0, 1.0)


@given(st.text(max_size=40))
def test_what_a_phrase_begins_with_is_nothing_only_for_no_words(phrase: str) -> None:
    assert bool(beginning(phrase)) == bool(normalised(phrase).strip())
