"""Terms of a question, and whether a sentence speaks of them."""

from qa.terms import coverage, normalised, terms


def asked(question: str, *concepts: tuple[str, ...], names: tuple[str, ...] = ()) -> list[str]:
    return [term.name for term in terms(question, names, concepts)]


def test_drug_names_and_empty_words_are_not_terms() -> None:
    assert asked("What is the effect of Prolia on hip fracture?", names=("prolia",)) == ["effect", "hip", "fracture"]


def test_a_concept_is_one_term_however_it_is_put() -> None:
    found = terms("Can it be used in CKD?", (), [("chronic kidney disease", "ckd", "renal impairment")])
    assert [term.name for term in found] == ["chronic kidney disease"]
    assert found[0].within(normalised("No dose adjustment is needed in patients with renal impairment."))


def test_words_meet_in_their_stems() -> None:
    (term,) = terms("fractures", (), ())
    assert term.within(normalised("the fracture healed"))
    (term,) = terms("therapies", (), ()) if terms("therapies", (), ()) else terms("allergies", (), ())
    assert term.within(normalised("An allergy to latex")) or term.within(normalised("a therapy"))


def test_short_words_are_matched_whole() -> None:
    (term,) = terms("MI", (), ())
    assert not term.within(normalised("a mild rash"))
    assert term.within(normalised("after an MI."))


def test_coverage_is_the_share_by_weight() -> None:
    found = terms("hip fracture in CKD", (), [("ckd", "kidney disease")])
    assert coverage(found, normalised("hip and kidney disease")) == 3 / 4
    assert coverage((), normalised("anything")) == 0.0
