"""What is written for patients is known by its codes and titles, and read in pieces under its own questions."""

import numpy as np
import pytest

from corpus.document import Role, Section, SourceKind
from corpus.passage import Sentence
from qa.label_reading import LabelSection
from qa.patient_text import for_patients, is_for_patients, pieces
from qa.points import Located

LABEL, GUIDELINE, RESEARCH = SourceKind.LABEL, SourceKind.GUIDELINE, SourceKind.RESEARCH
PARAGRAPH, ITEM = Role.PARAGRAPH, Role.ITEM


@pytest.mark.parametrize(
    ("heading", "code", "kind", "is_one"),
    [
        (("PATIENT COUNSELING INFORMATION",), "34076-0", LABEL, True),
        (("PATIENT COUNSELING INFORMATION", "Muscle Pain"), "42229-5", LABEL, True),
        (("17 Patient Counselling Information",), "", LABEL, True),
        (("PRECAUTIONS", "Information for Patients/Caregivers"), "42229-5", LABEL, True),
        (("Anything",), "42231-1", LABEL, True),
        (("Anything",), "42230-3", LABEL, True),
        (("Anything",), "68498-5", LABEL, True),
        (("Medication Guide", "Boxed Warning"), "34066-1", LABEL, True),
        (("Warnings (Consumer Copy)",), "43685-7", LABEL, True),
        (("Contraindications (Consumer Copies)",), "34070-3", LABEL, True),
        (("Warnings",), "43685-7", LABEL, False),
        (("Questions or comments?",), "53413-1", LABEL, False),
        (("Geriatric Patients",), "42229-5", LABEL, False),
        (("Plain Language Summary",), "", RESEARCH, True),
        (("Recommendations", "Information for patients"), "", GUIDELINE, True),
        (("Patient Information",), "", RESEARCH, False),
        (("Patients",), "", RESEARCH, False),
        (("Recommendations for patients with gout",), "", GUIDELINE, False),
    ],
)
def test_a_section_is_known_by_code_and_title(
    heading: tuple[str, ...], code: str, kind: SourceKind, is_one: bool
) -> None:
    assert is_for_patients(Section(heading, "Text.", code=code), kind) is is_one


def section(*lines: tuple[str, Role, int | None]) -> LabelSection:
    """Return a section of lines; the number of each is that of the line that leads it."""
    text = "\n".join(line for line, _, _ in lines)
    starts = [sum(len(line) + 1 for line, _, _ in lines[:at]) for at in range(len(lines))]
    places = [(start, start + len(line)) for start, (line, _, _) in zip(starts, lines, strict=True)]
    located = tuple(
        Located(Sentence(*place, role, None if lead is None else places[lead]), "p")
        for place, (_, role, lead) in zip(places, lines, strict=True)
    )
    return LabelSection(Section(("Guide",), text), located, np.zeros(len(lines), np.float32), 0.0)


def test_a_guide_is_cut_at_its_questions() -> None:
    one = section(
        ("Read this first.", PARAGRAPH, None),
        ("What is it?", PARAGRAPH, None),
        ("It is a medicine.", PARAGRAPH, None),
        ("Serious side effects", PARAGRAPH, None),
        ("It can harm.", PARAGRAPH, None),
    )
    assert [(piece.title, piece.numbers) for piece in pieces(one)] == [
        ("", (0,)),
        ("What is it?", (2,)),
        ("Serious side effects", (4,)),
    ]


def test_short_lines_after_a_colon_are_a_list_and_no_titles() -> None:
    one = section(
        ("It can cause:", PARAGRAPH, None),
        ("heart failure", PARAGRAPH, None),
        ("low blood calcium", PARAGRAPH, None),
        ("Call your doctor about any of these at once.", PARAGRAPH, None),
    )
    (piece,) = pieces(one)
    assert piece.title == "" and piece.numbers == (0, 1, 2, 3) and piece.said == (0, 1, 2, 3)


def test_no_list_is_told_in_part() -> None:
    one = section(
        ("Tell your doctor if you have:", PARAGRAPH, None),
        ("asthma", ITEM, 0),
        ("gout", ITEM, 0),
        ("Do not drive.", PARAGRAPH, None),
        ("hives", ITEM, None),
        ("itching", ITEM, None),
    )
    (piece,) = pieces(one)
    assert piece.with_whole_lists([1]) == (1, 2)
    assert piece.with_whole_lists([5]) == (4, 5)
    assert piece.with_whole_lists([3]) == (3,)


def test_of_drug_facts_all_is_for_patients_but_what_it_is_made_of() -> None:
    def coded(title: str, code: str) -> LabelSection:
        located = (Located(Sentence(0, 5), "p"),)
        return LabelSection(
            Section((title,) if title else (), "Text.", code=code), located, np.zeros(1, np.float32), 0.0
        )

    uses, asked, made = coded("Uses", "34067-9"), coded("Stop use", "50566-9"), coded("Inactive", "51727-6")
    nameless = coded("", "42229-5")
    assert for_patients([uses, asked, made, nameless]) == [uses, asked]
    assert for_patients([uses, made]) == []
