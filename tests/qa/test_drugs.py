"""Drugs found in questions: brand and generic are one, whether held or not."""

import pytest

from qa.drug_base import base
from qa.drug_names import NONE, DrugNames, starts_of
from qa.drugs import DrugLexicon, DrugMention, Kind

_BASES = {
    "evenity": ["romosozumab"],
    "zometa": ["zoledronate"],
    "fosamax": ["alendronate"],
    "alendronate": ["alendronate"],
    "odanacatib": ["odanacatib"],
    "strontium ranelate": ["strontium ranelate"],
    "vitamin d": ["ergocalciferol"],
    "warfarin": ["warfarin"],
    "calcium carbonate": ["calcium carbonate"],
    "he": ["helium"],
}
NAMES = DrugNames(_BASES, {"zoledronate": "zoledronic acid"}, starts_of(_BASES), "literal")
HELD = [
    (["romosozumab-aqqg"], ["Evenity"]),
    (["alendronate sodium"], []),
    (["zoledronic acid"], ["Reclast"]),
    (["oxycodone hydrochloride", "acetaminophen"], ["Percocet"]),
    (["metoprolol succinate"], ["Toprol-XL"]),
    (["ibuprofen"], ["Calm"]),
]


@pytest.fixture(scope="module")
def lexicon() -> DrugLexicon:
    """Return a lexicon over a few labels and a few names beyond them."""
    return DrugLexicon(HELD, NAMES)


def only(found: tuple[DrugMention, ...]) -> DrugMention:
    """Return the one mention."""
    assert len(found) == 1, found
    return found[0]


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Alendronate Sodium", "alendronate"),
        ("alendronic acid", "alendronate"),
        ("zoledronic acid monohydrate", "zoledronate"),
        ("romosozumab-aqqg", "romosozumab"),
        ("insulin glargine-yfgn", "insulin glargine"),
        ("calcium carbonate", "calcium carbonate"),
        ("sodium chloride", "sodium chloride"),
        ("isosorbide mononitrate", "isosorbide mononitrate"),
        ("calcitonin salmon", "calcitonin"),
        ("  ", ""),
    ],
)
def test_salts_acids_and_suffixes_meet_in_one_base(name: str, expected: str) -> None:
    assert base(name) == expected


def test_brand_and_generic_are_one_drug(lexicon: DrugLexicon) -> None:
    brand, generic = only(lexicon.find("Is EVENITY safe?")), only(lexicon.find("Is romosozumab safe?"))
    assert brand.bases == generic.bases == ("romosozumab",)
    assert (brand.kind, generic.kind) == (Kind.BRAND, Kind.GENERIC)
    assert brand.names == ("romosozumab",)
    assert set(brand.held) == {"romosozumab-aqqg", "Evenity"}


def test_the_span_covers_the_name_and_nothing_else(lexicon: DrugLexicon) -> None:
    text = "What about alendronate sodium's dose?"
    found = only(lexicon.find(text))
    assert text[found.start : found.end] == found.surface == "alendronate sodium"


def test_a_brand_not_held_of_a_drug_that_is_held_counts_as_held(lexicon: DrugLexicon) -> None:
    found = only(lexicon.find("Can I give Zometa?"))
    assert found.names == ("zoledronic acid",)
    assert "Reclast" in found.held


@pytest.mark.parametrize("name", ["odanacatib", "strontium ranelate"])
def test_a_drug_of_the_dictionary_alone_is_found_and_not_held(lexicon: DrugLexicon, name: str) -> None:
    found = only(lexicon.find(f"What dose of {name} should be used?"))
    assert (found.names, found.held) == ((name,), ())


def test_a_brand_of_two_ingredients_names_both(lexicon: DrugLexicon) -> None:
    assert only(lexicon.find("percocet dose")).bases == ("oxycodone", "acetaminophen")


def test_names_are_not_found_inside_words_or_across_sentences(lexicon: DrugLexicon) -> None:
    assert lexicon.find("The evenityish warfarins-like strontium. Ranelate?")[0].names == ("warfarin",)
    assert all("strontium" not in mention.surface for mention in lexicon.find("strontium. Ranelate"))


@pytest.mark.parametrize(
    ("text", "read_as"),
    [("metroprolol dose", "metoprolol"), ("romozosumab?", ""), ("Is romosozmab ok?", "romosozumab")],
)
def test_a_long_name_misspelt_a_little_is_read_as_the_held_one_and_says_so(
    lexicon: DrugLexicon, text: str, read_as: str
) -> None:
    found = lexicon.find(text)
    if read_as:
        assert (only(found).correction, only(found).held != ()) == (read_as, True)
    else:
        assert all(mention.correction in ("romosozumab",) for mention in found)


def test_a_name_of_the_dictionary_is_never_corrected_to_a_held_one() -> None:
    names = DrugNames({"hydralazine": ["hydralazine"]}, {}, {}, "literal")
    assert only(DrugLexicon([(["hydroxalazine"], [])], names).find("hydralazine")).correction == ""


@pytest.mark.parametrize("text", ["Is protein in urine a risk?", "Was the evening dose better?", "reclast is"])
def test_short_and_ordinary_words_are_not_corrected(lexicon: DrugLexicon, text: str) -> None:
    assert all(mention.correction == "" for mention in lexicon.find(text))


def test_everyday_words_are_drugs_only_where_they_are_meant_so(lexicon: DrugLexicon) -> None:
    assert lexicon.find("Does vitamin D deficiency matter?") == ()
    assert only(lexicon.find("How much should be in vitamin D supplements?")).bases == ("ergocalciferol",)
    assert lexicon.find("he said so") == ()


def test_a_brand_that_is_an_ordinary_word_needs_its_capital_letter(lexicon: DrugLexicon) -> None:
    assert lexicon.find("How do I stay calm?") == ()
    assert only(lexicon.find("How much Calm is safe?")).names == ("ibuprofen",)
    several = DrugLexicon([(["diphenhydramine"], ["Allergy Relief"])])
    assert several.find("What gives allergy relief?") == ()
    assert only(several.find("What is in Allergy Relief?")).names == ("diphenhydramine",)


def test_a_class_has_its_members_in_the_corpus(lexicon: DrugLexicon) -> None:
    found = only(lexicon.find("Are oral bisphosphonates better?"))
    assert found.kind is Kind.CLASS
    assert found.names == ("alendronate", "zoledronic acid")
    assert only(lexicon.find("statins and muscle pain")).held == ()


def test_an_unknown_name_is_known_for_a_drug_by_its_stem(lexicon: DrugLexicon) -> None:
    found = only(lexicon.find("Is examplutinib any good?"))
    assert (found.names, found.held) == (("examplutinib",), ())


def test_a_brand_listed_with_several_drugs_belongs_to_the_one_the_dictionary_says() -> None:
    lexicon = DrugLexicon([(["denosumab", "romosozumab"], ["Evenity"])], NAMES)
    assert only(lexicon.find("Evenity")).bases == ("romosozumab",)


def test_a_brand_stated_as_the_drug_is_read_as_its_generic() -> None:
    lexicon = DrugLexicon([(["Fosamax"], [])], NAMES)
    assert only(lexicon.find("alendronate")).held == ("Fosamax",)


def test_without_the_dictionary_the_names_held_are_found_all_the_same() -> None:
    lexicon = DrugLexicon(HELD, NONE)
    assert only(lexicon.find("Evenity")).names == ("romosozumab",)


@pytest.mark.parametrize("text", ["", "İİİ ẞ 𝔢venity", "ロモソズマブ", "a" * 2000, "- / , ."])
def test_any_text_is_taken(lexicon: DrugLexicon, text: str) -> None:
    assert lexicon.find(text) == ()
