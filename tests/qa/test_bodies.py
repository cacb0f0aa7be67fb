"""Guideline bodies by the names that questions use."""

import pytest

from qa.bodies import ABBREVIATIONS, bodies_in, spelt_out, surfaces_in


@pytest.mark.parametrize(
    ("text", "body"),
    [
        ("What does ACR say about glucocorticoids?", "ACR"),
        ("the American College of Rheumatology guideline", "ACR"),
        ("US Preventive Services Task Force", "USPSTF"),
        ("national institute for health and care excellence", "NICE"),
    ],
)
def test_a_body_is_known_by_abbreviation_and_by_full_name(text: str, body: str) -> None:
    assert bodies_in(text) == {body}


def test_an_abbreviation_counts_in_capitals_and_as_a_whole_word_only() -> None:
    assert bodies_in("who should take it, and is it nice to have a gold standard") == frozenset()
    assert bodies_in("NICEST OF THE ACRONYMS") == frozenset()


def test_several_bodies_are_all_found() -> None:
    assert bodies_in("How do NICE and the Endocrine Society differ?") == {"NICE", "Endocrine Society"}


def test_every_abbreviation_finds_itself() -> None:
    assert all(bodies_in(f"according to {short}") == {short} for short in ABBREVIATIONS)


def test_names_are_found_as_they_stand_and_spelt_out_as_the_bodies_own_documents_have_them() -> None:
    assert surfaces_in("Does NICE follow the Endocrine Society?") == ("NICE", "the Endocrine Society")
    assert spelt_out("What does ACP say?") == "What does American College of Physicians say?"
