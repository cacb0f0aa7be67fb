"""Sections of two versions are matched, and each is the same, changed, moved, added or removed."""

import random
import time

from corpus.diff import Change, diff_documents
from corpus.document import Document, Section, SourceKind
from corpus.pairing import pair_sections

CALCIUM = "Check calcium before each dose. Correct a low calcium first."
JAW = "Osteonecrosis of the jaw has been seen after invasive dental work."
DOSE = "The recommended dose is 70 mg once a week, taken with a full glass of water."


def section(text: str, number: str = "", *heading: str, code: str = "") -> Section:
    return Section(heading, text, number=number, code=code)


def document(*sections: Section) -> Document:
    return Document("spl:one", SourceKind.LABEL, "Examplumab", sections)


def changes(was: list[Section], now: list[Section]) -> list[tuple[str, str]]:
    return [(change.name, change.what) for change in diff_documents(document(*was), document(*now))]


def test_each_section_is_told_by_what_became_of_it() -> None:
    was = [section(DOSE, "2", "Dosing"), section(CALCIUM, "5.1", "Low Calcium"), section("Gone now.", "5.2", "Old")]
    now = [
        section(DOSE.replace("70", "35"), "2", "Dosing"),
        section(JAW, "5.1", "Jaw"),
        section(CALCIUM, "5.2", "Low Calcium"),
    ]
    assert changes(was, now) == [
        ("2 Dosing", "changed"),
        ("5.1 Jaw", "added"),
        ("5.2 Low Calcium", "moved"),
        ("5.2 Old", "removed"),
    ]


def test_the_words_that_changed_are_given_with_both_wordings() -> None:
    was, now = section(f"{DOSE} {CALCIUM}", "2", "Dosing"), section(f"{DOSE} {CALCIUM} {JAW}", "2", "Dosing")
    change = diff_documents(document(was), document(now))[0]
    assert [(hunk.was, hunk.now) for hunk in change.hunks] == [("", JAW)]
    assert change.what is Change.CHANGED


def test_a_removed_section_comes_where_it_stood() -> None:
    first, second, third = (
        section(text, heading, heading) for text, heading in ((DOSE, "1"), (JAW, "2"), (CALCIUM, "3"))
    )
    assert [name for name, _ in changes([first, second, third], [first, third])] == ["1 1", "2 2", "3 3"]


def test_white_space_and_pages_are_no_change() -> None:
    was = Section(("Dosing",), DOSE, page=1)
    now = Section(("DOSING",), DOSE.replace(" ", "  "), page=2)
    assert changes([was], [now]) == [("DOSING", "same")]


def test_a_section_with_another_heading_is_known_by_its_words() -> None:
    was = [section(DOSE, "2", "Dosing"), section(JAW, "5", "Jaw")]
    now = [section(f"{JAW} See a dentist.", "5", "Oral Care"), section(DOSE, "2.1", "Adults")]
    assert pair_sections(was, now) == {0: 1, 1: 0}


def test_sections_without_any_name_are_matched_by_likeness() -> None:
    was = [section(CALCIUM), section(DOSE)]
    now = [section(JAW), section(DOSE.replace("70", "35")), section(CALCIUM)]
    assert pair_sections(was, now) == {0: 2, 1: 1}


def test_identical_sections_are_matched_one_by_one() -> None:
    twice = section("See section 5.", "", "Note")
    assert pair_sections([twice, twice], [twice]) == {0: 0}


def test_two_versions_of_a_large_label_are_compared_in_less_than_two_seconds() -> None:
    drawn = random.Random(4)
    vocabulary = [f"w{n}" for n in range(2000)]
    sections = [
        section(" ".join(" ".join(drawn.choices(vocabulary, k=12)) + "." for _ in range(100)), str(n), f"Part {n}")
        for n in range(30)
    ]
    changed = [section(one.text.replace("w7", "w8"), one.number, *one.heading) for one in sections]
    began = time.process_time()
    assert {what for _, what in changes(sections, changed)} == {"changed"}
    assert time.process_time() - began < 2
