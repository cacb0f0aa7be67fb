"""Of drugs that are asked about together a label shows what names the other one."""

import numpy as np
import pytest

from corpus.document import Document, Section, SourceKind
from corpus.passage import Sentence
from qa.label_partners import naming_partners
from qa.label_reading import LabelSection
from qa.points import Located
from tests.qa.conftest import AskOf

LABEL = Document("label:z", SourceKind.LABEL, "Zelo", (), drugs=("zelomab",), brands=("Zelo",))


def section(number: str, title: str, code: str, *lines: str) -> LabelSection:
    text = "\n".join(lines)
    starts = [text.index(line) for line in lines]
    located = tuple(
        Located(Sentence(start, start + len(line)), f"p{start}") for start, line in zip(starts, lines, strict=True)
    )
    likeness = np.linspace(0.1, 0.9, len(lines), dtype=np.float32)
    return LabelSection(Section((title,), text, number, code, codes=(code,)), located, likeness, 0.0)


SECTIONS = [
    section("2", "Dosage and Administration", "34068-7", "Halve the dose of zelomab in those who take fortemine."),
    section(
        "7",
        "Drug Interactions",
        "34073-7",
        "Fortemine raised the exposure to zelomab threefold.",
        "Live vaccines should not be given with zelomab.",
        "Zelomab should not be given with velatide.",
    ),
    section("11", "Description", "34089-3", "Zelomab is no relative of fortemine."),
]


def shown(asked: AskOf, question: str, most: int = 3, sentences: int = 5) -> list[tuple[str, list[int]]]:
    found = naming_partners(SECTIONS, asked(question), [LABEL], most, sentences)
    return [(one.section.number, numbers) for one, numbers in found]


@pytest.mark.parametrize(
    "question",
    [
        "Can zelomab be taken with fortemine?",  # which no document is about
        "Does Zelo interact with fortemine?",
        "zelomab and fortemine",
    ],
)
def test_the_sections_that_an_interaction_leads_to_show_what_names_the_partner(asked: AskOf, question: str) -> None:
    assert shown(asked, question) == [("7", [0]), ("2", [0])]


def test_a_partner_that_is_held_is_one_too(asked: AskOf) -> None:
    assert shown(asked, "Can zelomab and velatide be taken together?") == [("7", [2])]


def test_no_more_is_shown_than_may_be(asked: AskOf) -> None:
    question = "Do zelomab, velatide and fortemine interact?"
    assert shown(asked, question) == [("7", [0, 2]), ("2", [0])]
    assert shown(asked, question, most=1, sentences=1) == [("7", [2])]


@pytest.mark.parametrize(
    "question",
    ["Does zelomab interact with other drugs?", "Which is better, zelomab or fortemine?", "zelomab and asthma"],
)
def test_nothing_is_where_it_is_not_asked_how_drugs_go_together(asked: AskOf, question: str) -> None:
    assert shown(asked, question) == []
