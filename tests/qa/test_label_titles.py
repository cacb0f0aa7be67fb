"""A section of patient information is called by the question that it opens with."""

import pytest

from corpus.document import Section
from qa.aspect import Aspect
from qa.label_sections import weight
from qa.label_titles import titles_of

GUIDE = "Patient Information"
QUESTION = "How should I store Velat?"


def test_the_question_that_a_section_opens_with_is_its_innermost_title() -> None:
    assert titles_of(Section((GUIDE,), f"{QUESTION}\nKeep it in the refrigerator.")) == (GUIDE, QUESTION)


@pytest.mark.parametrize(
    "text",
    [
        "Keep it in the refrigerator.",
        f"{QUESTION}\nIn the refrigerator.\nWhat is Velat?\nA medicine.",  # several questions: none is the section's
        f"Read this first. {QUESTION}",
        f"Velat\n{QUESTION}",
        "Keep it cool " * 20 + "will you?",
        "?",
    ],
)
def test_a_section_that_is_no_one_answer_keeps_its_own_titles(text: str) -> None:
    assert titles_of(Section((GUIDE,), text)) == (GUIDE,)


@pytest.mark.parametrize(
    ("aspect", "question"),
    [
        (Aspect.STORAGE, QUESTION),
        (Aspect.OVERVIEW, "What is Velat?"),
        (Aspect.INDICATION, "What is Velat used for?"),
        (Aspect.INGREDIENTS, "What are the ingredients in Velat tablets?"),
        (Aspect.ADVERSE_REACTION, "What are the possible side effects of Velat?"),
        (Aspect.CONTRAINDICATION, "Who should not take Velat?"),
        (Aspect.ADMINISTRATION, "How should I use Velat?"),
        (Aspect.DOSING, "How should I take Velat?"),
        (Aspect.MISSED_DOSE, "What should I do if I miss a dose?"),
        (Aspect.OVERDOSE, "What if I take too much Velat?"),
    ],
)
def test_the_question_leads_its_aspect_to_the_section_and_no_other_one_there(aspect: Aspect, question: str) -> None:
    own = titles_of(Section((GUIDE,), f"{question}\nAn answer."))
    other = titles_of(Section((GUIDE,), "What other people say of Velat?\nAn answer."))
    assert weight(aspect, "", "", own) > weight(aspect, "", "", other)


def test_what_the_ingredients_are_is_not_what_it_is_for() -> None:
    asked = titles_of(Section((GUIDE,), "What are the ingredients in Velat?\nAn answer."))
    assert weight(Aspect.INDICATION, "", "", asked) < 0.5
