"""Where a text uses a term: whole words, the longest, once a page, and the text as it was."""

from itertools import pairwise

import pytest

from qa.glossary.find import Gloss, Glossary, glosses, is_abbreviation
from qa.glossary.terms import GlossaryTerm

GLOSSARY = Glossary(
    [
        GlossaryTerm("fracture", ("fractures",), "A broken bone.", "t"),
        GlossaryTerm("hip fracture", ("hip fractures",), "A break close to the hip.", "t"),
        GlossaryTerm("hazard ratio", ("HR",), "How fast something happens.", "t"),
        GlossaryTerm("eGFR", (), "How well kidneys work.", "t"),
        GlossaryTerm("T-score", (), "How dense bone is.", "t"),
        GlossaryTerm("Paget's disease", (), "Misshapen bone.", "t"),
        GlossaryTerm("placebo", (), "A dummy.", "t"),
    ]
)


def found(text: str) -> list[tuple[str, str]]:
    return [(text[one.start : one.end], one.term) for one in GLOSSARY.find(text)]


@pytest.mark.parametrize(
    ("text", "terms"),
    [
        ("A hip fracture hurts.", [("hip fracture", "hip fracture")]),
        ("HIP FRACTURES and a fracture", [("HIP FRACTURES", "hip fracture"), ("fracture", "fracture")]),
        ("hip\nfracture", [("hip\nfracture", "hip fracture")]),
        ("refracture, fractured", []),
        ("HR 0.75, hr 2", [("HR", "hazard ratio")]),
        ("After 1 hr of rest", []),
        ("EGFR is a gene; eGFR 25", [("eGFR", "eGFR")]),
        ("a T-score of -2.5, a t-score", [("T-score", "T-score")]),
        ("a T‑score of -2.5", [("T‑score", "T-score")]),
        ("Paget’s disease of bone", [("Paget’s disease", "Paget's disease")]),
        ("placebo-treated women", [("placebo", "placebo")]),
        ("anti-placebo women", []),
        ("(placebo)", [("placebo", "placebo")]),
        ("<b>placebo</b>", [("placebo", "placebo")]),
        ("", []),
    ],
)
def test_a_term_is_found_as_a_whole_word_and_at_its_longest(text: str, terms: list[tuple[str, str]]) -> None:
    assert found(text) == terms


def test_a_term_is_explained_where_it_stands_first_on_the_page() -> None:
    explained: set[str] = set()
    assert GLOSSARY.find("fractures, fracture", explained) == (Gloss(0, 9, "fracture", "A broken bone."),)
    assert GLOSSARY.find("a fracture and a placebo", explained) == (Gloss(17, 24, "placebo", "A dummy."),)
    assert explained == {"fracture", "placebo"}
    assert len(GLOSSARY.find("fracture")) == 1


def test_a_longer_term_explained_already_does_not_give_its_parts() -> None:
    assert GLOSSARY.find("a hip fracture", {"hip fracture"}) == ()


@pytest.mark.parametrize(
    ("text", "exact"),
    [("HR", True), ("eGFR", True), ("T-score", True), ("Kaplan-Meier", False), ("Cox model", False), ("rash", False)],
)
def test_an_abbreviation_is_taken_in_its_own_case(text: str, exact: bool) -> None:
    assert is_abbreviation(text) is exact


def test_spans_come_in_order_and_do_not_overlap() -> None:
    text = (
        "In patients with eGFR 25 mL/min and osteoporosis, subcutaneous romosozumab lowered vertebral fractures "
        "(hazard ratio 0.27, 95% CI 0.16 to 0.47) and raised bone mineral density against placebo."
    )
    spans = glosses(text)
    assert [text[one.start : one.end] for one in spans] == [
        "eGFR",
        "osteoporosis",
        "subcutaneous",
        "vertebral fractures",
        "hazard ratio",
        "95% CI",
        "bone mineral density",
        "placebo",
    ]
    assert all(before.end <= after.start for before, after in pairwise(spans))
