import numpy as np
import pytest

from corpus.document import Role, Section
from corpus.passage import Sentence
from qa.label_reading import FINALISTS, LabelSection, best_sentences, is_quotable, rank_sections, read_sections
from qa.library import Library
from qa.points import Located
from qa.terms import Term, terms
from tests.qa.conftest import AskOf


def section(
    *sentences: str,
    title: str = "Title",
    prior: float = 0.0,
    alike: list[float] | None = None,
    role: Role = Role.PARAGRAPH,
) -> LabelSection:
    """Return a section of these sentences, each as like the question as `alike` says."""
    text = " ".join(sentences)
    starts = [text.index(one) for one in sentences]
    located = tuple(Located(Sentence(at, at + len(one), role), "p") for at, one in zip(starts, sentences, strict=True))
    similarity = np.array(alike if alike is not None else [0.5] * len(sentences), np.float32)
    return LabelSection(Section((title,), text), located, similarity, prior)


def asked(question: str, *concepts: tuple[str, ...]) -> tuple[Term, ...]:
    return terms(question, (), concepts)


def titles(found: list[LabelSection]) -> list[str]:
    return [one.section.title for one in found]


def test_the_aspect_comes_before_likeness() -> None:
    led = section("Do not give it.", title="Contraindications", prior=1.0, alike=[0.2])
    alike = section("Who should not receive it was not studied.", title="Studies", prior=0.0, alike=[0.9])
    assert titles(rank_sections([alike, led], ())) == ["Contraindications", "Studies"]


def test_among_sections_of_one_aspect_the_heading_that_names_what_is_asked_comes_first() -> None:
    sections = [section("It occurs.", title=title, prior=0.9) for title in ("Hepatotoxicity", "Hypocalcemia")]
    assert titles(rank_sections(sections, asked("hypocalcemia")))[0] == "Hypocalcemia"


def test_what_stands_only_in_the_text_counts_less_than_what_stands_in_the_heading() -> None:
    by_text = section("Hypocalcemia occurs.", title="Other reactions", prior=0.9)
    by_title = section("It occurs.", title="Hypocalcemia", prior=0.9)
    assert titles(rank_sections([by_text, by_title], asked("hypocalcemia"))) == ["Hypocalcemia", "Other reactions"]


def test_ties_stand_in_the_order_of_the_label() -> None:
    assert titles(rank_sections([section("A.", title="One"), section("A.", title="Two")], ())) == ["One", "Two"]


def test_only_the_finalists_are_read() -> None:
    many = [section("Hypocalcemia.", title=str(n), prior=n / 100) for n in range(FINALISTS + 5)]
    assert len(rank_sections(many, asked("hypocalcemia"))) == FINALISTS


def test_a_short_section_is_taken_whole_in_reading_order() -> None:
    one = section("First of all.", "Second of all.", "Third of all.", alike=[0.1, 0.9, 0.5])
    assert best_sentences(one, (), 3) == [0, 1, 2]


def test_of_a_long_section_the_likest_are_taken_in_reading_order() -> None:
    one = section("First of all.", "Second of all.", "Third of all.", "Fourth of all.", alike=[0.1, 0.9, 0.2, 0.8])
    assert best_sentences(one, (), 2) == [1, 3]


def test_the_first_sentence_is_preferred_among_equals() -> None:
    one = section("First of all.", "Second of all.", "Third of all.", alike=[0.5, 0.5, 0.5])
    assert best_sentences(one, (), 1) == [0]


def test_of_a_longer_section_about_other_things_too_only_what_speaks_of_the_condition_is_taken() -> None:
    question = asked("Can it be used in CKD?", ("CKD", "renal impairment"))
    one = section("In renal impairment give half.", "In children give less.", "In adults give more.", title="Dosage")
    assert best_sentences(one, question, 2) == [0]
    own = section("In renal impairment give half.", "Calcium is checked.", title="Renal Impairment")
    assert best_sentences(own, question, 2) == [0, 1]


def test_where_no_sentence_speaks_of_the_condition_the_section_is_not_emptied() -> None:
    question = asked("Can it be used in CKD?", ("CKD", "renal impairment"))
    assert len(best_sentences(section("Give half.", "Give less.", "Give more.", title="Dosage"), question, 2)) == 2


@pytest.mark.parametrize(
    ("text", "quotable"),
    [
        ("It may cause harm.", True),
        ("Risk Summary", False),
        ("Headache | 12% | 7%", True),
        ("| 12% | 7%", False),
        ("See the table below…", False),
        ("What is it for?", False),
        ("A character \ufffd is lost.", False),
        ("12.5", False),
    ],
)
def test_what_says_nothing_by_itself_is_not_quoted(text: str, quotable: bool) -> None:
    role = Role.ROW if "|" in text else Role.PARAGRAPH
    assert is_quotable(section(text, "Another sentence that is whole.", role=role), 0) is quotable


def test_a_caption_is_not_quoted() -> None:
    assert not is_quotable(section("Table 1. Reactions in trials of adults with asthma", role=Role.CAPTION), 0)


def test_the_only_line_of_a_section_is_quoted_even_where_it_reads_like_a_heading() -> None:
    assert is_quotable(section("None known"), 0)


def test_a_label_is_read_section_by_section_in_order(asked: AskOf, library: Library) -> None:
    (index,) = [n for n, held in library.snapshot.documents() if held.key == "label:test-velatide"]
    question = asked("What is velatide indicated for?")
    found = read_sections(library.snapshot, index, question.vectors, question.prior)
    assert [one.section.number for one in found] == ["1", "2.1", "2.2", "4", "5.1", "7", "12.1", "16"]
    for one in found:
        assert len(one.located) == len(one.similarity) > 0
    assert max(found, key=lambda one: one.prior).section.number == "1"
    assert found[0].text_of(0) == "Velatide is indicated for the treatment of gout in adults."
