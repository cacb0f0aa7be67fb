"""Words of facts: which carry something, which are one, and which are denied."""

from evals.matcher_words import Aliases, content_words, stems
from qa.drug_names import DrugNames


def denied(text: str) -> list[str]:
    return [word.text for word in content_words(text) if word.denied]


def test_a_denial_reaches_two_words_and_not_past_its_clause() -> None:
    assert denied("kept cool and must not be frozen or shaken, away from light") == ["frozen", "shaken"]
    assert denied("no difference in fracture between arms") == ["difference", "fracture"]
    assert denied("the society recommends against surgery except in men") == ["surgery"]


def test_against_alone_is_a_comparison() -> None:
    assert denied("9.7% against 13.0% on placebo") == []


def test_an_answer_in_front_is_no_denial() -> None:
    assert denied("no: the indication is another") == []


def test_a_word_is_denied_only_where_it_is_wherever_it_stands() -> None:
    assert "fever" not in denied("no fever at first, then fever")


def test_an_abbreviation_is_the_name_that_it_stands_for() -> None:
    (short,) = (word for word in content_words("ACP says so") if word.text == "acp")
    named = content_words("The American College of Physicians suggests it")
    assert [word.text for word in named if word.same(short)] == ["american", "college", "physicians"]


def test_two_names_of_a_drug_are_one_word() -> None:
    known = Aliases(DrugNames({"brandex": ["samplol"]}, {}, {}, ""), {"genol": frozenset({"samplol"})})
    brand, generic = content_words("Brandex", known)[0], content_words("genol", known)[0]
    assert brand.same(generic)
    assert not content_words("Brandex")[0].same(content_words("genol")[0])


def test_stems_are_of_all_words() -> None:
    assert stems(["The fractures", "a fracture of 2"]) == {"the", "fractur", "a", "of", "2"}
