"""The glossary's terms: enough of them, none twice, each found by itself, explained by other words, no doses."""

import json
import lzma
import re
from collections import Counter
from pathlib import Path

import pytest

from corpus.errors import Inconsistent
from qa.glossary.find import Glossary, glosses
from qa.glossary.terms import GlossaryTerm, terms, terms_of

_DOSE = re.compile(r"\d+(?:[.,]\d+)?\s*(?:mg|mcg|µg|g|kg|ml|units?|iu|tablets?|capsules?|drops?)\b", re.IGNORECASE)
_ADVICE = re.compile(r"\b(?:you|your|ask (?:a|the)|talk to|tell (?:a|the)|we recommend|consult)\b", re.IGNORECASE)
_STOP = re.compile(r"[.!?](?= |$)")
_VOWELS = re.compile(r"[aeiouy]+")
# Hard words found most often in labels, guidelines and abstracts when they were counted: docs/audiences.md.
FREQUENT = (
    "odds ratio, hazard ratio, confidence interval, 95% CI, p value, relative risk, statistically significant, median, "
    "multivariate analysis, logistic regression, prevalence, incidence, retrospective, prospective, cohort, "
    "cross-sectional, case-control, randomized, placebo, double-blind, meta-analysis, baseline, follow-up, endpoint, "
    "mortality, morbidity, quality of life, sensitivity and specificity, positive predictive value, risk factors, "
    "pharmacokinetics, half-life, bioavailability, clearance, metabolism, cytochrome P450, CYP3A4, inhibitors, "
    "concomitant, contraindicated, adverse reactions, hypersensitivity, anaphylaxis, angioedema, indications, "
    "boxed warning, pediatric, geriatric, lactation, teratogenic, renal impairment, hepatic impairment, eGFR, "
    "creatinine clearance, hypotension, hypertension, myocardial infarction, stroke, cardiovascular, thrombosis, "
    "hypocalcemia, osteoporosis, T-score, BMD, bone turnover markers, vertebral fracture, nonvertebral fractures, "
    "osteonecrosis of the jaw, atypical femoral fracture, bisphosphonate, antiresorptive, monoclonal antibody, "
    "subcutaneous, intravenous, oral, topical, infusion, seizures, syncope, tachycardia, edema, erythema, urticaria, "
    "pruritus, dyspnea, arthralgia, asthenia, somnolence, dyspepsia, dysphagia, hepatotoxicity, neutropenia, anemia, "
    "thrombocytopenia, carcinoma, metastases, biopsy, chemotherapy, radiotherapy, resection, prognosis, recurrence, "
    "preoperative, postoperative, laparoscopic, magnetic resonance imaging, computed tomography, ultrasound, dialysis, "
    "diabetes mellitus, asthma, preterm, gestational age, NSAIDs, opioid, corticosteroids, "
    "anticoagulants, withdrawal symptoms, CNS depressants, lumbar spine, femoral neck, comorbidities, efficacy"
).split(", ")


def test_there_are_enough_and_no_way_of_writing_belongs_to_two() -> None:
    assert len(terms()) >= 600
    written = Counter(text.lower() for term in terms() for text in term.written)
    assert [text for text, count in written.items() if count > 1] == []


def test_every_way_of_writing_finds_its_own_term_and_all_of_it() -> None:
    wrong = [
        (text, term.name)
        for term in terms()
        for text in term.written
        if [(one.start, one.end, one.term) for one in glosses(text)] != [(0, len(text), term.name)]
    ]
    assert wrong == []


def test_no_term_explains_itself() -> None:
    assert [term.name for term in terms() if Glossary([term]).find(term.means)] == []


def test_an_explanation_is_one_or_two_sentences_without_dose_or_advice() -> None:
    for term in terms():
        assert 1 <= len(_STOP.findall(term.means)) <= 2 and term.means[-1] == ".", term.name
        assert not _DOSE.search(term.means), term.name
        assert not _ADVICE.search(term.means), term.name


def test_explanations_are_written_for_grade_eight_or_below() -> None:
    """Flesch-Kincaid grade (Kincaid 1975): 0.39 words a sentence + 11.8 syllables a word - 15.59, over all of them."""
    texts = [term.means for term in terms()]
    words = [word for text in texts for word in re.findall(r"[A-Za-z]+", text)]
    sentences = sum(len(_STOP.findall(text)) for text in texts)
    syllables = sum(max(1, len(_VOWELS.findall(word.lower().removesuffix("e")))) for word in words)
    assert 0.39 * len(words) / sentences + 11.8 * syllables / len(words) - 15.59 < 8


@pytest.mark.parametrize("text", FREQUENT)
def test_a_frequent_hard_term_is_explained(text: str) -> None:
    assert [(one.start, one.end) for one in glosses(text)] == [(0, len(text))]


@pytest.mark.shared
def test_most_abstracts_have_something_explained(shared: Path) -> None:
    with lzma.open(shared / "data/research/pubmedqa_abstracts.jsonl.xz", "rt", encoding="utf-8") as lines:
        abstracts = [" ".join(_texts(json.loads(line))) for line in lines]
    found = [len(glosses(text)) for text in abstracts[::5]]
    assert len(found) == 200 and sum(count >= 3 for count in found) >= 0.9 * len(found)


def _texts(value: object) -> list[str]:
    if isinstance(value, str):
        return [value]
    inside = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return [text for one in inside for text in _texts(one)]


@pytest.mark.parametrize(
    "text",
    [
        "term = 3",
        "[[term]]\nname = 'x'\nmeans = 'long enough'",
        "[[term]]\nname = 'abc'\nmeans = 'long enough'\nsay = 1",
        "[[",
    ],
)
def test_a_file_that_is_not_as_it_must_be_is_refused(text: str, tmp_path: Path) -> None:
    (tmp_path / "odd.toml").write_text(text, encoding="utf-8")
    with pytest.raises(Inconsistent, match=r"odd\.toml is not as it must be"):
        terms_of(tmp_path / "odd.toml")


def test_a_file_is_read_as_it_stands(tmp_path: Path) -> None:
    text = '[[term]]\nname = "gout"\nvariants = ["gouty arthritis"]\nmeans = "Sudden attacks of joint pain."\n'
    (tmp_path / "joints.toml").write_text(text, encoding="utf-8")
    expected = GlossaryTerm("gout", ("gouty arthritis",), "Sudden attacks of joint pain.", "joints")
    assert terms_of(tmp_path / "joints.toml") == (expected,)
