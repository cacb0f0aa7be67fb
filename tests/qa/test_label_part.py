import pytest

from corpus.document import Section, SourceKind
from qa.label_part import MOST_LABELS, is_boxed_warning, label_points, labels_of, labels_to_read, points_of_label
from qa.library import Library
from tests.qa.conftest import AskOf


def blocks(asked: AskOf, library: Library, question: str) -> dict[str, list[str]]:
    """Return each heading with what stands under it."""
    found = label_points(asked(question), library.searcher)
    return {heading: [point.text for point in points] for heading, points in found}


def test_the_section_is_shown_by_number_and_title(asked: AskOf, library: Library) -> None:
    assert blocks(asked, library, "How does velatide work?") == {
        "12.1 Mechanism of Action": ["Velatide blocks the reabsorption of uric acid in the kidney."]
    }


def test_a_condition_that_a_section_does_not_name_is_not_answered_by_it(asked: AskOf, library: Library) -> None:
    assert blocks(asked, library, "Can velatide be used in epilepsy?") == {}


def test_a_question_without_a_drug_is_not_answered_from_labels(asked: AskOf, library: Library) -> None:
    assert blocks(asked, library, "How is gout diagnosed?") == {}


def test_of_several_labels_each_gets_one_section_under_its_drugs_name(asked: AskOf, library: Library) -> None:
    found = blocks(asked, library, "What are the indications of zelomab, velatide and ordazine?")
    assert list(found) == [
        "zelomab: Boxed Warning: Myocardial Infarction and Stroke",
        "zelomab: 1.1 Severe Asthma",
        "velatide: 1 Indications and Usage",
        "ordazine: INDICATIONS AND USAGE",
    ]
    assert MOST_LABELS >= 3


def test_nothing_is_said_twice_though_two_sections_say_it(asked: AskOf, library: Library) -> None:
    found = blocks(asked, library, "What are the warnings of zelomab?")
    said = [text for texts in found.values() for text in texts]
    assert len(said) == len(set(said))


def test_the_boxed_warning_alone_answers_where_harm_is_asked_about_and_no_section_does(
    asked: AskOf, library: Library
) -> None:
    found = blocks(asked, library, "Is there a boxed warning for zelomab?")
    assert next(iter(found)) == "Boxed Warning: Myocardial Infarction and Stroke"


def test_a_whole_label_comes_before_an_excerpt_however_new(asked: AskOf, library: Library) -> None:
    (drug,) = asked("What is the dose of zelomab?").label_drugs
    keys = [library.snapshot.document_at(index).key for index in labels_of(library.searcher, drug)]
    assert keys == ["label:test-zelomab", "label:test-zelomab-excerpt"]


def test_labels_are_only_labels(asked: AskOf, library: Library) -> None:
    (drug,) = asked("velatide").label_drugs
    indices = labels_of(library.searcher, drug)
    assert {library.snapshot.document_at(index).kind for index in indices} == {SourceKind.LABEL}


@pytest.mark.parametrize(
    ("section", "boxed"),
    [
        (Section(("Boxed Warning",), "", code="34066-1", codes=("34066-1",)), True),
        (Section(("Boxed Warning", "Stroke"), "", codes=("34066-1", "")), True),
        (Section(("Boxed Warning",), "", code="34066-1"), True),
        (Section(("Dosage", "Box"), "", code="34066-1", codes=("34068-7", "34066-1")), False),
        (Section(("Warnings",), "", code="34071-1", codes=("34071-1",)), False),
    ],
)
def test_a_box_deep_inside_another_section_is_not_the_boxed_warning(section: Section, boxed: bool) -> None:
    assert is_boxed_warning(section) is boxed


def test_what_a_label_says_of_one_thing_is_found_by_section(asked: AskOf, library: Library) -> None:
    question = asked("zelomab")
    (index, *_) = labels_of(library.searcher, question.label_drugs[0])
    found = points_of_label(question, library.searcher, index, lambda text: "calcemia" in text, 2)
    assert [heading for heading, _ in found] == sorted(heading for heading, _ in found)
    assert sum(len(points) for _, points in found) == 2
    assert all("calcemia" in point.text for _, points in found for point in points)
    assert points_of_label(question, library.searcher, index, lambda text: False, 2) == []


def test_each_whole_label_is_read_by_itself_and_excerpts_of_the_drug_together(asked: AskOf, library: Library) -> None:
    question = asked("What is the dose of zelomab?")
    whole, excerpt = labels_of(library.searcher, question.label_drugs[0])
    assert labels_to_read(question, library.searcher, [whole, excerpt]) == [(whole,), (excerpt,)]
    assert labels_to_read(question, library.searcher, [excerpt, excerpt, whole]) == [(whole,), (excerpt, excerpt)]


def test_a_label_of_another_drug_is_not_read_beside_those_of_the_drug(asked: AskOf, library: Library) -> None:
    question = asked("What is the dose of zelomab?")
    (velatide, *_) = labels_of(library.searcher, asked("velatide").label_drugs[0])
    whole, excerpt = labels_of(library.searcher, question.label_drugs[0])
    assert labels_to_read(question, library.searcher, [velatide, whole, excerpt]) == [(whole,), (excerpt,)]


def test_where_only_the_aspect_is_asked_for_its_section_need_not_use_the_words(asked: AskOf, library: Library) -> None:
    assert list(blocks(asked, library, "What does velatide look like?")) == ["16 How Supplied/Storage and Handling"]
    assert blocks(asked, library, "What does velatide look like in asthma?") == {}


def test_a_question_of_two_clauses_is_answered_from_two_sections(asked: AskOf, library: Library) -> None:
    question = (
        "In renal impairment, what dose of velatide is given, and at what room temperature are velatide tablets stored?"
    )
    assert list(blocks(asked, library, question)) == [
        "2.2 Dosage in Renal Impairment",
        "16 How Supplied/Storage and Handling",
    ]
