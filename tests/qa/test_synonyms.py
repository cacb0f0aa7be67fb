"""Clinical concepts and their names."""

import pytest

from qa.synonyms import concept_count, expand, ids, names_of, same


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("CKD", "renal impairment"),
        ("eGFR 25", "kidney disease"),
        ("heart attack", "myocardial infarction"),
        ("had an MI", "heart attack"),
        ("ONJ", "osteonecrosis of the jaw"),
        ("jaw necrosis", "MRONJ"),
        ("AFF", "atypical femoral fracture"),
        ("BMD", "bone mineral density"),
        ("GIOP", "glucocorticoid-induced osteoporosis"),
        ("T2DM", "type 2 diabetes"),
        ("HTN", "high blood pressure"),
        ("AFib", "atrial fibrillation"),
        ("DVT", "blood clots"),
        ("copd", "chronic obstructive pulmonary disease"),
        ("heartburn", "GERD"),
        ("UTIs", "urinary tract infection"),
        ("infections of the urinary tract", "UTI"),
        ("Infection, Urinary Tract", "UTI"),
        ("PONV", "postoperative nausea and vomiting"),
        ("breast feeding", "lactation"),
        ("pregnant", "pregnancy"),
        ("children", "pediatric"),
    ],
)
def test_two_names_of_one_concept_meet(a: str, b: str) -> None:
    assert ids(a) & ids(b), (expand(a), expand(b))


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("hip fracture", "vertebral fracture"),
        ("hypocalcemia", "hypercalcemia"),
        ("stroke", "heart attack"),
        ("hepatitis b", "hepatitis c"),
        ("type 1 diabetes", "type 2 diabetes"),
    ],
)
def test_different_concepts_stay_apart(a: str, b: str) -> None:
    assert not ids(a) & ids(b)


def test_same_compares_concepts_not_words() -> None:
    (kidney,), (renal,), (liver,) = expand("CKD"), expand("renal impairment"), expand("cirrhosis")
    assert same(kidney, renal)
    assert not same(kidney, liver)


def test_the_longest_name_wins_and_its_span_is_exact() -> None:
    text = "Risk of osteonecrosis of the jaw?"
    (found,) = expand(text)
    assert text[found.start : found.end] == found.surface == "osteonecrosis of the jaw"


@pytest.mark.parametrize(
    "text", ["I teach PE", "MS Word", "hearing aids", "a nice dress", "mace and nutmeg", "PT at noon", "ra"]
)
def test_ambiguous_abbreviations_do_not_count_alone_or_in_small_letters(text: str) -> None:
    assert expand(text) == ()


def test_an_ambiguous_abbreviation_counts_beside_another_medical_term() -> None:
    assert "venous thromboembolism" in ids("PE or stroke")
    assert {concept.id for concept in expand("PE", medical=True)} == {"venous thromboembolism"}


def test_who_speaks_of_a_narrower_concept_speaks_of_the_wider_one_and_not_the_other_way_round() -> None:
    assert {"hemodialysis", "dialysis"} <= set(names_of("kidney disease"))
    assert "renal impairment" not in names_of("dialysis")
    assert "osteonecrosis of the jaw" in names_of("dental procedure")
    assert {"hypotension", "hypertension"} <= set(names_of("blood pressure"))
    assert "systolic" not in names_of("hypotension")
    assert {concept.id for concept in expand("on hemodialysis")} == {"dialysis"}


def test_there_are_many_concepts_and_each_has_a_second_name() -> None:
    assert concept_count() >= 120
    assert names_of("dialysis")[0] == "dialysis"
    with pytest.raises(KeyError):
        names_of("no such concept")


def test_names_do_not_run_over_the_end_of_a_sentence() -> None:
    assert "heart failure" not in ids("It is good for the heart. Failure is rare.")
