"""Questions that may be suggested next: what is asked of a drug, in a clinician's words and in a patient's."""

# ruff: noqa: E501 (one row a line)

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from qa.aspect import Aspect
from qa.audience import Audience

# In the order in which they are thought of where nothing tells what comes next. The first form is for professionals.
_FORMS: dict[Aspect, tuple[str, str]] = {
    Aspect.BOXED_WARNING: ("What does the boxed warning of {} say?", "What is the boxed warning of {}?"),
    Aspect.CONTRAINDICATION: ("Who should not receive {}?", "Who should not take {}?"),
    Aspect.ADVERSE_REACTION: ("What are the most common adverse reactions to {}?", "What are the side effects of {}?"),
    Aspect.SEQUENCE: ("What should follow a course of {}?", "What comes after treatment with {}?"),
    Aspect.DOSING: ("What is the recommended dose of {}?", "How is {} usually dosed?"),
    Aspect.RENAL: ("Can {} be used in severe renal impairment?", "Is {} safe with kidney disease?"),
    Aspect.INDICATION: ("What is {} indicated for?", "What is {} for?"),
    Aspect.MONITORING: ("What should be monitored during treatment with {}?", "What is checked during treatment with {}?"),
    Aspect.STOPPING: ("What happens when {} is stopped?", "What happens when {} is stopped?"),
    Aspect.INTERACTION: ("Which drugs interact with {}?", "Which medicines interact with {}?"),
    Aspect.PREGNANCY: ("What does the label say about {} in pregnancy?", "Is {} safe in pregnancy?"),
    Aspect.HEPATIC: ("Does hepatic impairment change the use of {}?", "Is {} safe with liver disease?"),
    Aspect.ADMINISTRATION: ("How is {} administered?", "How is {} given?"),
    Aspect.MECHANISM: ("What is the mechanism of action of {}?", "How does {} work?"),
    Aspect.TRIALS: ("Which trials support the use of {}?", "What did studies of {} find?"),
}  # fmt: skip
COMPARISON = "How does {} compare with {}?"
# What is asked next, after what was asked; the others follow in the order above.
_NEXT: dict[Aspect, tuple[Aspect, ...]] = {
    Aspect.INDICATION: (Aspect.CONTRAINDICATION, Aspect.BOXED_WARNING, Aspect.DOSING, Aspect.SEQUENCE),
    Aspect.CONTRAINDICATION: (Aspect.BOXED_WARNING, Aspect.RENAL, Aspect.INTERACTION, Aspect.MONITORING),
    Aspect.DOSING: (Aspect.RENAL, Aspect.ADMINISTRATION, Aspect.MONITORING, Aspect.SEQUENCE),
    Aspect.ADMINISTRATION: (Aspect.DOSING, Aspect.MONITORING, Aspect.ADVERSE_REACTION),
    Aspect.ADVERSE_REACTION: (Aspect.BOXED_WARNING, Aspect.MONITORING, Aspect.CONTRAINDICATION, Aspect.STOPPING),
    Aspect.BOXED_WARNING: (Aspect.CONTRAINDICATION, Aspect.MONITORING, Aspect.ADVERSE_REACTION, Aspect.INDICATION),
    Aspect.RENAL: (Aspect.MONITORING, Aspect.DOSING, Aspect.HEPATIC, Aspect.CONTRAINDICATION),
    Aspect.SEQUENCE: (Aspect.STOPPING, Aspect.TRIALS, Aspect.MONITORING, Aspect.INDICATION),
    Aspect.STOPPING: (Aspect.SEQUENCE, Aspect.MONITORING, Aspect.BOXED_WARNING),
    Aspect.EFFICACY: (Aspect.ADVERSE_REACTION, Aspect.SEQUENCE, Aspect.INDICATION, Aspect.BOXED_WARNING),
    Aspect.TRIALS: (Aspect.ADVERSE_REACTION, Aspect.INDICATION, Aspect.SEQUENCE, Aspect.BOXED_WARNING),
}
# What was said of the patient leads to the label's word on it.
_OF_PATIENT = (
    (re.compile(r"\b(?:egfr|crcl|gfr|ckd|kidney|renal|dialysis|creatinine)\b", re.IGNORECASE), Aspect.RENAL),
    (re.compile(r"\b(?:liver|hepatic|cirrhosis|child-pugh)\b", re.IGNORECASE), Aspect.HEPATIC),
    (re.compile(r"\b(?:pregnan\w*)\b", re.IGNORECASE), Aspect.PREGNANCY),
    (re.compile(r"\b(?:stroke|infarction|heart attack|allerg\w*)\b", re.IGNORECASE), Aspect.CONTRAINDICATION),
    (re.compile(r"\b(?:takes|taking|also on)\b", re.IGNORECASE), Aspect.INTERACTION),
)
# Where among the candidates a comparison with another drug of the class stands.
COMPARED_AT = 2


@dataclass(frozen=True, slots=True)
class Candidate:
    """A question that may be suggested: its words, the drugs it names, and the aspect that it is about."""

    text: str
    drugs: tuple[str, ...]
    aspect: Aspect


def candidates(
    drug: str, others: Sequence[str], asked: Sequence[str], constraints: Sequence[str], audience: str
) -> Iterator[Candidate]:
    """Yield questions about a drug, the likeliest next first, but not on the aspects that were asked about.

    `others` are drugs to compare it with; `constraints` is what was said of the patient, in words.
    """
    form = 1 if audience == Audience.PATIENT else 0
    of_patient = [aspect for pattern, aspect in _OF_PATIENT if any(pattern.search(said) for said in constraints)]
    first = next((aspect for aspect in _NEXT if aspect.value in asked[:1]), None)
    order = dict.fromkeys([*of_patient, *(_NEXT[first] if first else ()), *_FORMS])
    plain = [aspect for aspect in order if aspect.value not in asked]
    compared = [Candidate(COMPARISON.format(drug, other), (drug, other), Aspect.COMPARISON) for other in others[:2]]
    if Aspect.COMPARISON.value in asked:
        compared = []
    made = [Candidate(_FORMS[aspect][form].format(drug), (drug,), aspect) for aspect in plain]
    yield from (*made[:COMPARED_AT], *compared, *made[COMPARED_AT:])
