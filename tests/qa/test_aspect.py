"""The aspect of a question, and the label sections it leads to."""

import json
from pathlib import Path

import pytest

from bench.aspect import PRIMARY, fdarx, leads, medicationqa
from qa.aspect import Aspect, Scored, rank
from qa.aspects import MOST, aspects_of, masked
from qa.drugs import DrugLexicon
from qa.label_sections import sections_for, weight
from qa.label_slots import Slot, slots

GENERICS = (
    "romosozumab denosumab alendronate zoledronic-acid raloxifene teriparatide ibandronate risedronate ibuprofen "
    "naproxen warfarin aspirin heparin oxycodone carvedilol methotrexate prednisone naloxone atorvastatin"
)
LEXICON = DrugLexicon(
    [([name.replace("-", " ")], []) for name in GENERICS.split()]
    + [
        (["romosozumab"], ["Evenity"]),
        (["denosumab"], ["Prolia"]),
        (["denosumab"], ["Xgeva"]),
        (["adalimumab"], ["Humira"]),
    ]
)


def first(text: str) -> Aspect | None:
    """Return the likeliest aspect."""
    found = aspects_of(text, LEXICON.find(text))
    return found[0].aspect if found else None


@pytest.mark.parametrize(
    ("text", "aspect"),
    [
        ("What is Evenity indicated for?", Aspect.INDICATION),
        ("what is prolia for?- I have an appointment next week", Aspect.INDICATION),
        ("how long i take ibuprofen for a sprain", Aspect.SEQUENCE),
        ("What caution is needed in patients also taking beta-blockers with carvedilol?", Aspect.INTERACTION),
        ("Can warfarin be given to patients using carbonic anhydrase inhibitors?", Aspect.INTERACTION),
        ("what is aspirin and oxycodone cream", Aspect.OVERVIEW),
        ("Is romosozumab approved for men?", Aspect.INDICATION),
        ("Who should not receive romosozumab?", Aspect.CONTRAINDICATION),
        ("What are the contraindications of alendronate?", Aspect.CONTRAINDICATION),
        ("Can she get it after a heart attack 6 months ago?", Aspect.CONTRAINDICATION),
        ("Can it be used in chronic kidney disease?", Aspect.RENAL),
        ("Does the dose of zoledronic acid change with renal impairment?", Aspect.RENAL),
        ("Is alendronate safe with eGFR 25?", Aspect.RENAL),
        ("Can carvedilol be used in cirrhosis?", Aspect.HEPATIC),
        ("What should follow 12 months of romosozumab?", Aspect.SEQUENCE),
        ("Should zoledronic acid follow romosozumab?", Aspect.SEQUENCE),
        ("How long can teriparatide be used?", Aspect.SEQUENCE),
        ("And after 12 months?", Aspect.SEQUENCE),
        ("What happens when denosumab is stopped?", Aspect.STOPPING),
        ("How should I taper prednisone?", Aspect.STOPPING),
        ("What is the dose of romosozumab?", Aspect.DOSING),
        ("What is the usual dose of naproxen in the elderly?", Aspect.GERIATRIC),
        ("And if she misses one?", Aspect.MISSED_DOSE),
        ("I forgot to take my alendronate", Aspect.MISSED_DOSE),
        ("How do I store the box?", Aspect.STORAGE),
        ("How do I take ibandronate monthly correctly?", Aspect.ADMINISTRATION),
        ("Can I crush risedronate tablets?", Aspect.ADMINISTRATION),
        ("What strengths does raloxifene come in?", Aspect.SUPPLY),
        ("What are the inactive ingredients in Prolia?", Aspect.INGREDIENTS),
        ("How does romosozumab work?", Aspect.MECHANISM),
        ("What is the half-life of alendronate?", Aspect.PHARMACOKINETICS),
        ("How fast does naloxone work?", Aspect.PHARMACOKINETICS),
        ("What cardiovascular risk does Evenity carry?", Aspect.WARNING),
        ("Does it cause jaw necrosis?", Aspect.WARNING),
        ("Is there a boxed warning for romosozumab?", Aspect.BOXED_WARNING),
        ("What are the side effects of romosozumab?", Aspect.ADVERSE_REACTION),
        ("How common is arthralgia with romosozumab?", Aspect.ADVERSE_REACTION),
        ("Can I take naproxen and aspirin together?", Aspect.INTERACTION),
        ("Is romosozumab safe with warfarin?", Aspect.INTERACTION),
        ("Can I drink alcohol while taking oxycodone?", Aspect.INTERACTION),
        ("Is raloxifene safe in pregnancy?", Aspect.PREGNANCY),
        ("Can I breastfeed while taking ibuprofen?", Aspect.LACTATION),
        ("Can it be given to a 10-year-old?", Aspect.PEDIATRIC),
        ("What should be monitored during denosumab?", Aspect.MONITORING),
        ("Was nonvertebral fracture reduced in FRAME?", Aspect.EFFICACY),
        ("What were the ARCH results at 24 months?", Aspect.TRIALS),
        ("How does denosumab compare with alendronate?", Aspect.COMPARISON),
        ("What is the difference between Prolia and Xgeva?", Aspect.COMPARISON),
        ("What should be done in an overdose of ibuprofen?", Aspect.OVERDOSE),
        ("Is oxycodone addictive?", Aspect.ABUSE),
        ("What should I tell patients about alendronate?", Aspect.PATIENT_INFORMATION),
        ("How much does Evenity cost?", Aspect.COST),
        ("Tell me about romosozumab", Aspect.OVERVIEW),
        ("Evenity", Aspect.OVERVIEW),
        ("Does teriparatide cause osteosarcoma in rats?", Aspect.NONCLINICAL),
        ("Does methotrexate affect fertility?", Aspect.FERTILITY),
        ("What is osteoporosis?", None),
        ("", None),
    ],
)
def test_the_likeliest_aspect(text: str, aspect: Aspect | None) -> None:
    assert first(text) is aspect


def test_several_aspects_are_kept_best_first() -> None:
    found = aspects_of("What is the dose and what are the side effects of Evenity?", LEXICON.find("Evenity"))
    assert {one.aspect for one in found} >= {Aspect.DOSING, Aspect.ADVERSE_REACTION}
    assert len(found) <= MOST
    assert [one.score for one in found] == sorted((one.score for one in found), reverse=True)


def test_drug_names_are_masked_and_nothing_else() -> None:
    text = "Evenity vs. Prolia?"
    assert masked(text, LEXICON.find(text)) == "@ vs. @?"


def test_rank_adds_scores_and_breaks_ties_by_order() -> None:
    scores = [
        Scored(Aspect.COST, 1.0),
        Scored(Aspect.DOSING, 0.5),
        Scored(Aspect.DOSING, 0.5),
        Scored(Aspect.WARNING, -1.0),
    ]
    assert rank(scores) == (Scored(Aspect.DOSING, 1.0), Scored(Aspect.COST, 1.0))


@pytest.mark.parametrize("aspect", [aspect for aspect in Aspect if aspect is not Aspect.COST])
def test_every_aspect_but_the_cost_leads_somewhere_best_first(aspect: Aspect) -> None:
    keys = sections_for(aspect)
    assert keys[0].weight == 1.0 or aspect is Aspect.COMPARISON
    assert all(0 < key.weight <= 1 and key.codes for key in keys if key.slot is not Slot.RENAL)
    assert [key.weight for key in keys] == sorted((key.weight for key in keys), reverse=True)


def test_an_indication_comes_from_section_1_and_never_from_14() -> None:
    assert sections_for(Aspect.INDICATION)[0].codes[0] == "34067-9"
    assert weight(Aspect.INDICATION, "34067-9", "1", ("INDICATIONS AND USAGE",)) == 1.0
    assert weight(Aspect.INDICATION, "34092-7", "14", ("CLINICAL STUDIES",)) == 0.0
    assert weight(Aspect.INDICATION, "42229-5", "14.1", ("CLINICAL STUDIES", "Treatment of Osteoporosis")) == 0.0


@pytest.mark.parametrize(
    ("aspect", "better", "worse"),
    [
        (Aspect.CONTRAINDICATION, ("34070-3", "4", ("CONTRAINDICATIONS",)), ("34066-1", "", ("WARNING: STROKE",))),
        (Aspect.CONTRAINDICATION, ("34066-1", "", ("WARNING: STROKE",)), ("34084-4", "6", ("ADVERSE REACTIONS",))),
        (
            Aspect.RENAL,
            ("42229-5", "8.7", ("USE IN SPECIFIC POPULATIONS", "Renal Impairment")),
            ("42229-5", "8.6", ("USE IN SPECIFIC POPULATIONS", "Hepatic Impairment")),
        ),
        (
            Aspect.RENAL,
            ("42229-5", "2.5", ("DOSAGE AND ADMINISTRATION", "Dosage in Patients With Renal Impairment")),
            ("42229-5", "2.1", ("DOSAGE AND ADMINISTRATION", "Recommended Dosage")),
        ),
        (
            Aspect.SEQUENCE,
            ("42229-5", "1.2", ("INDICATIONS AND USAGE", "Limitations of Use")),
            ("34084-4", "6", ("ADVERSE REACTIONS",)),
        ),
        (
            Aspect.PREGNANCY,
            ("42228-7", "8.1", ("USE IN SPECIFIC POPULATIONS", "Pregnancy")),
            ("34082-8", "8.5", ("USE IN SPECIFIC POPULATIONS", "Geriatric Use")),
        ),
        (
            Aspect.STORAGE,
            ("44425-7", "", ("HOW SUPPLIED", "Storage and Handling")),
            ("34068-7", "2", ("DOSAGE AND ADMINISTRATION",)),
        ),
        (
            Aspect.MONITORING,
            ("42229-5", "2.6", ("DOSAGE AND ADMINISTRATION", "Monitoring to Assess Safety")),
            ("42229-5", "2.1", ("DOSAGE AND ADMINISTRATION", "Rheumatoid Arthritis")),
        ),
    ],
)
def test_the_section_that_answers_weighs_more(
    aspect: Aspect, better: tuple[str, str, tuple[str, ...]], worse: tuple[str, str, tuple[str, ...]]
) -> None:
    assert weight(aspect, *better) > weight(aspect, *worse)


@pytest.mark.parametrize(
    ("code", "number", "heading", "first_slot"),
    [
        ("42229-5", "5.4", ("WARNINGS AND PRECAUTIONS", "Hypertension"), Slot.WARNINGS),
        ("42229-5", "", ("WARNINGS", "Hepatotoxicity"), Slot.WARNINGS),
        ("42229-5", "8.6", ("Use in Specific Populations", "Renal Impairment"), Slot.RENAL),
        ("42229-5", "", ("PRECAUTIONS", "Renal Impairment"), Slot.RENAL),
        ("42228-7", "4.3", ("CONTRAINDICATIONS", "Pregnancy"), Slot.CONTRAINDICATIONS),
        ("42228-7", "4", ("PRECAUTIONS", "4. PREGNANCY"), Slot.PREGNANCY),
        ("50570-1", "", ("Warnings", "Do not use"), Slot.CONTRAINDICATIONS),
        ("34089-3", "", ("Purpose",), Slot.INDICATIONS),
        ("34071-1", "", ("",), Slot.WARNINGS),
        ("42229-5", "5.2", ("Diarrhea",), Slot.WARNINGS),
        ("", "", ("WARNING: LACTIC ACIDOSIS",), Slot.BOXED),
        ("59845-8", "", ("",), Slot.GUIDE),
    ],
)
def test_a_section_is_placed_by_title_code_number_and_parents(
    code: str, number: str, heading: tuple[str, ...], first_slot: Slot
) -> None:
    assert slots(code, number, heading)[0] is first_slot


def test_a_section_of_no_label_has_no_place_and_no_weight() -> None:
    assert slots("", "", ("Results",)) == ()
    assert weight(Aspect.DOSING, "", "", ("Results",)) == 0.0


def test_every_code_of_the_published_list_that_answers_questions_has_a_place(shared: Path) -> None:
    lines = (shared / "data/labels/sections.csv").read_text().splitlines()
    names = dict(line.split(",", 1) for line in lines)
    missing = {name for code, name in names.items() if not slots(code, "", ())}
    devices = {
        "Accessories",
        "Alarms",
        "Assembly or Installation Instructions",
        "Calibration Instructions",
        "Cellular Therapy",
    }
    assert devices <= missing
    assert not missing & {
        "Boxed Warning",
        "Contraindications",
        "Stop Use",
        "Purpose",
        "Nursing Mothers",
        "SPL Medguide",
    }


def test_real_questions_lead_to_the_section_that_answers_them(shared: Path) -> None:
    data = shared / "data"
    drugs = [json.loads(line)["drug"] for line in (data / "gold/medicationqa.jsonl").read_text().splitlines()]
    lexicon = DrugLexicon([([drug], []) for drug in drugs])
    cases = medicationqa(data)
    assert len(cases) == 165
    right = sum(leads(aspects_of(case.question, lexicon.find(case.question)), case, PRIMARY, 1) for case in cases)
    assert right / len(cases) >= 0.75
    assert len(fdarx(data)) >= 30
