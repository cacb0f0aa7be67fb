"""Made records of a drug that does not exist, for tests and for the demonstration: no shared data is needed."""

from typing import Any

from tests.replay.pubmed import link, record

SET_ID = "00000000-0000-4000-8000-0000000000e1"
OTHER = "00000000-0000-4000-8000-0000000000e2"
TRIAL, TRIAL_TWO, NOTICE = "99000001", "99000002", "99000003"
DOSE = "What is the recommended dose of Sampla?"
FRACTURES = "Does examplumab prevent vertebral fractures?"


def label(dose: int = 70, warned: bool = False) -> dict[str, Any]:
    """Return a label as openFDA has it, its dose in milligrams; `warned` adds a warning and changes nothing else."""
    stroke = "5.1 Stroke Examplumab may raise the risk of stroke in the first year of treatment."
    more = " 5.2 Hypocalcemia Correct low calcium before examplumab is started." if warned else ""
    return {
        "set_id": SET_ID,
        "id": "10000000-0000-4000-8000-0000000000e1",
        "version": "3",
        "effective_time": "20260301",
        "indications_and_usage": [
            "1 INDICATIONS AND USAGE Examplumab is indicated for the treatment of osteoporosis in women at high risk "
            "for fracture."
        ],
        "dosage_and_administration": [
            f"2 DOSAGE AND ADMINISTRATION The recommended dose of examplumab is {dose} mg under the skin once every "
            "month. Give it in the abdomen, the thigh or the upper arm."
        ],
        "contraindications": ["4 CONTRAINDICATIONS Examplumab is contraindicated in patients with hypocalcemia."],
        "warnings_and_cautions": [f"5 WARNINGS AND PRECAUTIONS {stroke}{more}"],
        "openfda": {"generic_name": ["EXAMPLUMAB"], "brand_name": ["SAMPLA"], "manufacturer_name": ["Sample Works"]},
    }


def other_label() -> dict[str, Any]:
    """Return the label of another drug, so that there is something that does not change."""
    return {
        "set_id": OTHER,
        "id": "10000000-0000-4000-8000-0000000000e2",
        "version": "1",
        "effective_time": "20250101",
        "indications_and_usage": [
            "1 INDICATIONS AND USAGE Otherumab is indicated for the treatment of gout in adults."
        ],
        "openfda": {"generic_name": ["OTHERUMAB"], "brand_name": ["OTHRA"]},
    }


def trial(retracted: bool = False) -> bytes:
    """Return the record of a trial, which may have been retracted since."""
    told = "In women with osteoporosis examplumab prevented vertebral fractures: 16 of 800 had one, against 59 of 802."
    return record(
        TRIAL,
        "Examplumab in women with osteoporosis, a randomized trial.",
        abstract=f'<AbstractText Label="RESULTS">{told}</AbstractText>',
        types=["Randomized Controlled Trial", *(["Retracted Publication"] if retracted else [])],
        links=link("RetractionIn", "J Samples. 2026 Nov;1(1):1.", NOTICE) if retracted else "",
    )


def second_trial() -> bytes:
    """Return the record of a trial that nothing happens to."""
    told = "Otherumab lowered uric acid in adults with gout, and fewer of them had a flare within six months."
    return record(TRIAL_TWO, "Otherumab in gout.", abstract=f"<AbstractText>{told}</AbstractText>")
