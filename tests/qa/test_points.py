"""Points: chosen sentences with whatever they need to be read alone."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from corpus.document import Document, Role, Section, SourceKind
from corpus.passage import Sentence
from qa.points import Located, Point, Span, lay_out, points_back

TEXT = "Aclasta is given once a year. It should not be given faster. These limits hold for all.\nReport any pain."
LIST = "Do not use in patients with:\nhypocalcemia\nhypersensitivity to any component"
DOCUMENT = Document("spl:x", SourceKind.LABEL, "X", (Section(("A",), TEXT),))


def paragraph(*sentences: str, text: str = TEXT) -> list[Located]:
    return [Located(Sentence(text.index(s), text.index(s) + len(s)), "p1") for s in sentences]


def sentences() -> list[Located]:
    return paragraph(
        "Aclasta is given once a year.",
        "It should not be given faster.",
        "These limits hold for all.",
        "Report any pain.",
    )


def texts(laid: list[tuple[Point, tuple[int, ...]]]) -> list[str]:
    return [point.text for point, _ in laid]


def test_a_sentence_that_names_its_subject_stands_alone() -> None:
    laid = lay_out(DOCUMENT, Section(("A",), TEXT), sentences(), [0])
    assert texts(laid) == ["Aclasta is given once a year."]


def test_a_sentence_that_points_back_takes_what_it_points_at_along_in_one_span() -> None:
    laid = lay_out(DOCUMENT, Section(("A",), TEXT), sentences(), [1])
    assert texts(laid) == ["Aclasta is given once a year. It should not be given faster."]
    assert len(laid[0][0].quoted) == 1


def test_pointing_back_goes_on_until_something_is_named() -> None:
    laid = lay_out(DOCUMENT, Section(("A",), TEXT), sentences(), [2])
    assert texts(laid) == ["Aclasta is given once a year. It should not be given faster. These limits hold for all."]


def test_a_chosen_sentence_joins_the_one_it_leans_on_and_is_not_said_twice() -> None:
    laid = lay_out(DOCUMENT, Section(("A",), TEXT), sentences(), [0, 1, 3])
    assert texts(laid) == ["Aclasta is given once a year. It should not be given faster.", "Report any pain."]
    assert laid[0][1] == (0, 1)


def test_pointing_back_stops_at_the_paragraph() -> None:
    text = "Aclasta is given once a year.\nIt should not be given faster."
    section = Section(("A",), text)
    located = paragraph("Aclasta is given once a year.", "It should not be given faster.", text=text)
    assert texts(lay_out(DOCUMENT, section, located, [1])) == ["It should not be given faster."]


def test_list_items_share_one_point_that_begins_with_their_lead() -> None:
    section = Section(("4",), LIST)
    lead = (0, 28)
    located = [Located(Sentence(0, 28), "p1")]
    located += [
        Located(Sentence(LIST.index(item), LIST.index(item) + len(item), Role.ITEM, lead), "p1")
        for item in ("hypocalcemia", "hypersensitivity to any component")
    ]
    laid = lay_out(DOCUMENT, section, located, [1, 2])
    assert texts(laid) == [LIST]
    assert [span.quote for span in laid[0][0].quoted] == LIST.split("\n")


def test_a_later_sentence_of_an_item_is_quoted_from_the_items_beginning() -> None:
    text = "Infections include:\nTuberculosis. Test before use."
    section = Section(("B",), text)
    lead = (0, 19)
    located = [Located(Sentence(0, 19), "p1")]
    located += [Located(Sentence(a, b, Role.ITEM, lead), "p1") for a, b in ((20, 33), (34, 50))]
    assert texts(lay_out(DOCUMENT, section, located, [2])) == [text]


def test_a_lead_that_was_chosen_too_is_not_said_twice() -> None:
    section = Section(("4",), LIST)
    lead = (0, 28)
    located = [Located(Sentence(0, 28), "p1"), Located(Sentence(29, 41, Role.ITEM, lead), "p1")]
    assert texts(lay_out(DOCUMENT, section, located, [0, 1])) == ["Do not use in patients with:\nhypocalcemia"]


def test_what_points_back_is_known_by_its_first_words() -> None:
    assert points_back("It should not be initiated.")
    assert points_back("These events occurred late.")
    assert points_back("However, the risk fell.")
    assert not points_back("Italian patients were included.")
    assert not points_back("Theseus trial enrolled men.")


def test_no_more_than_two_sentences_are_taken_along() -> None:
    text = "X is given. It helps. It lasts. It ends. It returns."
    section = Section(("A",), text)
    located = paragraph("X is given.", "It helps.", "It lasts.", "It ends.", "It returns.", text=text)
    assert texts(lay_out(DOCUMENT, section, located, [4])) == ["It lasts. It ends. It returns."]


def test_a_sentence_that_points_back_is_not_joined_to_a_list_item() -> None:
    text = "Do not use in:\nhypocalcemia\nIt should be corrected."
    section = Section(("A",), text)
    located = [
        Located(Sentence(0, 14), "p1"),
        Located(Sentence(15, 27, Role.ITEM, (0, 14)), "p1"),
        Located(Sentence(28, 51), "p1"),
    ]
    assert texts(lay_out(DOCUMENT, section, located, [2])) == ["It should be corrected."]


def test_rows_share_one_point_under_their_header_and_keep_their_order() -> None:
    text = "Reaction | X | Placebo\nHeadache | 12% | 7%\nRash | 3% | 1%"
    section = Section(("6",), text)
    header = (0, 22)
    located = [
        Located(Sentence(0, 22, Role.HEADER), "p1"),
        Located(Sentence(23, 42, Role.ROW, header), "p1"),
        Located(Sentence(43, 57, Role.ROW, header), "p2"),
    ]
    ((point, members),) = lay_out(DOCUMENT, section, located, [2, 1])
    assert point.text == text and members == (1, 2)
    assert [span.passage for span in point.quoted] == ["p1", "p1", "p2"]


def test_two_lists_are_two_points() -> None:
    text = "Avoid in:\ngout\nMonitor in:\nasthma"
    section = Section(("A",), text)
    located = [
        Located(Sentence(0, 9), "p1"),
        Located(Sentence(10, 14, Role.ITEM, (0, 9)), "p1"),
        Located(Sentence(15, 26), "p1"),
        Located(Sentence(27, 33, Role.ITEM, (15, 26)), "p1"),
    ]
    assert texts(lay_out(DOCUMENT, section, located, [1, 3])) == ["Avoid in:\ngout", "Monitor in:\nasthma"]


@given(st.sets(st.integers(0, 3), min_size=1))
def test_whatever_is_chosen_every_point_is_stored_characters_and_each_sentence_is_said_once(chosen: set[int]) -> None:
    section = Section(("A",), TEXT)
    laid = lay_out(DOCUMENT, section, sentences(), sorted(chosen))
    spans = [span for point, _ in laid for span in point.quoted]
    assert all(span.quote == TEXT[span.start : span.end] for span in spans)
    assert all(a.end <= b.start for a, b in pairwise(spans))
    assert {number for _, members in laid for number in members} == chosen


def test_the_place_of_a_span_tells_versions_apart() -> None:
    section = Section(("A",), TEXT)
    other = Document("spl:x", SourceKind.LABEL, "X, revised", (section,))
    assert Span(DOCUMENT, section, 0, 5, "p").place != Span(other, section, 0, 5, "p").place
    assert Span(DOCUMENT, section, 0, 5, "p").place == Span(DOCUMENT, section, 0, 5, "q").place


def test_a_lead_that_breaks_off_at_a_colon_brings_its_items_along() -> None:
    lead = (0, 28)
    located = [Located(Sentence(0, 28), "p1")]
    located += [
        Located(Sentence(LIST.index(item), LIST.index(item) + len(item), Role.ITEM, lead), "p1")
        for item in ("hypocalcemia", "hypersensitivity to any component")
    ]
    assert texts(lay_out(DOCUMENT, Section(("4",), LIST), located, [0])) == [LIST]
    one_chosen = lay_out(DOCUMENT, Section(("4",), LIST), located, [0, 2])
    assert texts(one_chosen) == ["Do not use in patients with:\nhypersensitivity to any component"]


def test_in_a_label_of_several_drugs_a_sentence_brings_the_one_that_it_is_said_of() -> None:
    text = "Arem and Boren act alike. Boren is absorbed fast. The half-life is 2 hours. Take both."
    section = Section(("A",), text)
    parts = ("Arem and Boren act alike.", "Boren is absorbed fast.", "The half-life is 2 hours.", "Take both.")
    both = Document("spl:y", SourceKind.LABEL, "Y", (section,), drugs=("Arem maleate", "boren"))
    assert texts(lay_out(both, section, paragraph(*parts, text=text), [2])) == [
        "Boren is absorbed fast. The half-life is 2 hours."
    ]
    assert texts(lay_out(both, section, paragraph(*parts, text=text), [1])) == ["Boren is absorbed fast."]
    assert texts(lay_out(DOCUMENT, section, paragraph(*parts, text=text), [2])) == ["The half-life is 2 hours."]
    alone = "Arem and Boren act alike. The tablets are white."
    made = paragraph("Arem and Boren act alike.", "The tablets are white.", text=alone)
    assert texts(lay_out(both, Section(("A",), alone), made, [1])) == ["The tablets are white."]
