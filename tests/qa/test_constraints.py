"""What a question says about the patient."""

import pytest

from qa.constraint import Comparator, Constraint, Trait, merged
from qa.constraints import constraints_of
from qa.drugs import DrugLexicon

LEXICON = DrugLexicon([(["warfarin"], []), (["ibuprofen"], []), (["romosozumab"], ["Evenity"])])


def stated(text: str, *, has_subject: bool = False) -> dict[Trait, Constraint]:
    """Return the constraints of a text by trait."""
    found = constraints_of(text, LEXICON.find(text), has_subject=has_subject)
    assert len({one.trait for one in found}) == len(found)
    return {one.trait: one for one in found}


@pytest.mark.parametrize(
    ("text", "trait"),
    [
        ("Can I use romosozumab in a pregnant woman?", Trait.PREGNANT),
        ("Is it safe in the third trimester?", Trait.PREGNANT),
        ("Is it ok while breastfeeding?", Trait.BREASTFEEDING),
        ("What about patients on hemodialysis?", Trait.DIALYSIS),
        ("Is it used in postmenopausal women?", Trait.MENOPAUSE),
        ("Is it approved for men?", Trait.SEX),
        ("Can it be used in CKD?", Trait.KIDNEY),
        ("Dose in cirrhosis?", Trait.LIVER),
    ],
)
def test_a_state_is_a_trait_of_its_own(text: str, trait: Trait) -> None:
    assert trait in stated(text)


@pytest.mark.parametrize(
    ("text", "what", "comparator", "value", "upper"),
    [
        ("dose with eGFR 25?", "eGFR", Comparator.IS, 25.0, None),
        ("if eGFR is below 30", "eGFR", Comparator.BELOW, 30.0, None),
        ("CrCl < 30 mL/min", "CrCl", Comparator.BELOW, 30.0, None),
        ("creatinine clearance of at least 35 mL/min", "CrCl", Comparator.AT_LEAST, 35.0, None),
        ("eGFR 15 to 29 mL/min/1.73 m2", "eGFR", Comparator.IS, 15.0, 29.0),
        ("stage 4 CKD", "stage", Comparator.IS, 4.0, None),
    ],
)
def test_kidney_function_keeps_its_figure(
    text: str, what: str, comparator: Comparator, value: float, upper: float | None
) -> None:
    found = stated(text)[Trait.KIDNEY]
    assert (found.what, found.comparator, found.value, found.upper) == (what, comparator, value, upper)
    assert Trait.AGE not in stated(text)


@pytest.mark.parametrize(
    ("text", "comparator", "value", "unit"),
    [
        ("my 82-year-old mother", Comparator.IS, 82.0, "years"),
        ("children under 12", Comparator.BELOW, 12.0, "years"),
        ("patients over 65", Comparator.ABOVE, 65.0, "years"),
        ("a 3 month old baby", Comparator.IS, 3.0, "months"),
        ("Give a FRAX score for me, I am 70.", Comparator.IS, 70.0, "years"),
    ],
)
def test_age_keeps_its_unit_and_bound(text: str, comparator: Comparator, value: float, unit: str) -> None:
    found = stated(text)[Trait.AGE]
    assert (found.comparator, found.value, found.unit) == (comparator, value, unit)


@pytest.mark.parametrize(
    "text", ["over 40 mg a day", "after 12 months", "within 30 minutes", "in 245 men", "above 999 years old"]
)
def test_other_figures_are_no_age(text: str) -> None:
    assert Trait.AGE not in stated(text)


def test_weight_and_child_pugh_class_are_read() -> None:
    found = stated("hepatic impairment (Child-Pugh class B), weighing 50 kg")
    assert found[Trait.LIVER].what == "Child-Pugh B"
    assert (found[Trait.WEIGHT].value, found[Trait.WEIGHT].unit) == (50.0, "kg")


def test_an_event_keeps_how_long_ago_it_was() -> None:
    found = stated("She had a heart attack 6 months ago")[Trait.EVENT]
    assert (found.what, found.value, found.unit) == ("heart attack", 6.0, "months")
    within = stated("after a stroke within the past year")[Trait.EVENT]
    assert (within.comparator, within.value, within.unit) == (Comparator.AT_MOST, 1.0, "years")


def test_an_allergy_names_its_allergen() -> None:
    assert stated("can I take it if I am allergic to sulfa?")[Trait.ALLERGY].what == "sulfa"


def test_another_drug_counts_only_beside_the_one_asked_about() -> None:
    assert stated("Can I give ibuprofen to a patient on warfarin?")[Trait.TAKES].text == "warfarin"
    assert Trait.TAKES not in stated("Should patients on warfarin be monitored?")
    assert stated("What about a patient on warfarin?", has_subject=True)[Trait.TAKES].what == "warfarin"


@pytest.mark.parametrize(
    "text",
    [
        "Does it cause kidney failure?",
        "Does it prevent pregnancy?",
        "Can it damage the liver or lead to liver failure?",
    ],
)
def test_what_a_drug_may_do_is_no_trait_of_the_patient(text: str) -> None:
    assert not {Trait.KIDNEY, Trait.LIVER, Trait.PREGNANT} & set(stated(text))


def test_men_and_women_together_are_no_constraint() -> None:
    assert Trait.SEX not in stated("Does it work in men and women?")


def test_of_somebody_or_of_a_group() -> None:
    assert stated("Can I give it to a man?")[Trait.SEX].personal
    assert not stated("Is it approved for men?")[Trait.SEX].personal


def test_a_later_statement_replaces_an_earlier_one_of_the_same_kind_only() -> None:
    before = constraints_of("a woman with eGFR 25 and a penicillin allergy")
    now = constraints_of("eGFR 55 now, and allergic to sulfa")
    together = merged(before, now)
    assert [(one.trait, one.value or one.what) for one in together] == [
        (Trait.SEX, "female"),
        (Trait.KIDNEY, 55.0),
        (Trait.ALLERGY, "penicillin"),
        (Trait.ALLERGY, "sulfa"),
    ]


@pytest.mark.parametrize(
    ("text", "phrase"),
    [
        ("in men", "in men"),
        ("eGFR 25", "with eGFR 25"),
        ("children under 12", "aged under 12 years"),
        ("on dialysis", "on dialysis"),
    ],
)
def test_a_trait_is_said_again_in_words(text: str, phrase: str) -> None:
    assert [one.phrase for one in constraints_of(text)] == [phrase]


@pytest.mark.parametrize("text", ["", "ロモソズマブ", "What is the dose?", "salmon mango amendment"])
def test_nothing_stated_is_nothing(text: str) -> None:
    assert constraints_of(text) == ()
