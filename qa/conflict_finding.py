"""Findings that disagree: a difference in one pooled or observational study, none or the opposite in another of its kind."""

# ruff: noqa: E501 (one pattern a line)

import re

from corpus.document import SourceKind
from qa.answer import ConflictKind
from qa.conflict_endpoint import endpoints
from qa.conflict_statement import Sentence, Stated, concepts_in, is_of_a_part, speaks_for_itself
from qa.drug_base import base, words
from qa.drug_classes import classes
from qa.synonyms import Topic

_POOLED = re.compile(r"meta-?analy|systematic review", re.IGNORECASE)
_GENETIC = re.compile(r"\bgenetic|mendelian|genome-wide|phenome|gwas", re.IGNORECASE)
_OBSERVED = re.compile(
    r"cohort|observational|registry|claims|real-world|retrospective|propensity|case-control", re.IGNORECASE
)
_NONE = re.compile(
    r"\b(?:did|does|do) not (?:\w+ ){0,2}?differ|\bno (?:\w+ ){0,2}?(?:difference|association|increase|effect|excess|relation)|"
    r"\bnot (?:\w+ ){0,2}?(?:significant|associated|different|increased|raised)|\bnon-?significant|"
    r"\b(?:were|was) (?:alike|similar|comparable)\b|\bdid not (?:increase|raise|reduce|lower)",
    re.IGNORECASE,
)
_UP = re.compile(r"\b(?:raised|increased|higher|elevated|more frequent|more (?:\w+ ){0,3}events)\b", re.IGNORECASE)
_DOWN = re.compile(r"\b(?:lowered|reduced|decreased|lower|fewer|less frequent)\b", re.IGNORECASE)
_HEDGED = re.compile(
    r"\b(?:may|might|could|possibl[ey]|probabl[ey]|suggest\w*|numerical\w*|not known|unclear|whether)\b", re.IGNORECASE
)
_RATIO = re.compile(
    r"(?P<point>\d+\.\d+) ?[,;]? ?[(\[]? ?(?:\d+ ?% ?)?(?:CI|confidence intervals?(?: ?[(\[]CI[)\]])?)[ :,=(\[]*"
    r"(?P<low>\d+\.\d+)(?: to | ?[-–−,] ?)(?P<high>\d+\.\d+)",
    re.IGNORECASE,
)
_MEASURE = re.compile(r"\b(?:ratios?|hazards?|odds|relative risk|RR|a?HR|a?OR|IRR|SHR)\b")
_P = re.compile(r"\bP ?(?P<sign>[<=>]) ?(?P<value>0?\.\d+)", re.IGNORECASE)
_CLAUSE = re.compile(
    r";|,? while |,? whereas |, but | and (?=(?:raised|lowered|increased|reduced|decreased)\b)", re.IGNORECASE
)
NO_DIFFERENCE, MORE, FEWER, DIFFERENT = "no difference", "more", "fewer", "a difference"
_PLACEBO = "placebo"
_EVERYBODY = frozenset({"heart", "women"})


def read(sentence: Sentence) -> list[Stated]:
    """Return what a sentence of a meta-analysis, an observational or a genetic study found for each endpoint it names."""
    if sentence.kind is not SourceKind.RESEARCH or not speaks_for_itself(sentence.text) or is_of_a_part(sentence.text):
        return []
    design = _design(sentence)
    if not design or not (
        _NONE.search(sentence.text) or _RATIO.search(sentence.text) or _P.search(sentence.text) or design == "genetic"
    ):
        return []
    found: dict[str, Stated] = {}
    for clause in _CLAUSE.split(sentence.text):
        verdict = _verdict(clause)
        if verdict:
            for endpoint in endpoints(clause):
                subject = f"{endpoint.words} ({design} evidence)"
                topic = (design, endpoint.key, _people(sentence))
                found[endpoint.key] = Stated(
                    ConflictKind.FINDING, topic, subject, frozenset({verdict}), sentence.spoken, _treatments(sentence)
                )
    return list(found.values())


def clash(a: Stated, b: Stated, drug: frozenset[str]) -> bool:
    """Return whether two findings exclude each other: a difference and none, or more and fewer.

    What the drug was compared with must overlap; where one of them does not say, only pooled and genetic findings
    are compared. More and fewer are opposites only against placebo or nothing named: against another drug
    either may be said of either.
    """
    verdicts = a.value | b.value
    if len(verdicts) == 1 or (DIFFERENT in verdicts and NO_DIFFERENCE not in verdicts):
        return False
    first, second = a.scope - drug, b.scope - drug
    if first and second:
        return bool(first & second) and (NO_DIFFERENCE in verdicts or first | second <= {_PLACEBO})
    return not a.subject.endswith("(observational evidence)")


def _design(sentence: Sentence) -> str:
    """Return the kind of evidence, "" for trials, reviews and what is not stated."""
    if _GENETIC.search(f"{sentence.text} {' '.join(sentence.heading)}"):
        return "genetic"
    stated = f"{sentence.design} ; {sentence.title}"
    if _POOLED.search(stated):
        return "pooled" if not _GENETIC.search(stated) or "trials" in sentence.text else ""
    return "observational" if _OBSERVED.search(stated) else ""


def _verdict(text: str) -> str:
    """Return what a clause found, "" where it says nothing clear."""
    ratios = [m for m in _RATIO.finditer(text) if _MEASURE.search(text, max(0, m.start() - 140), m.start())]
    if _NONE.search(text):
        return NO_DIFFERENCE
    if len(ratios) == 1:
        low, high = float(ratios[0]["low"]), float(ratios[0]["high"])
        return MORE if low > 1 else FEWER if high < 1 else NO_DIFFERENCE
    if ratios or _HEDGED.search(text):
        return ""
    values = [(m["sign"], float(m["value"])) for m in _P.finditer(text)]
    if values:
        if len(values) > 1:
            return ""
        sign, value = values[0]
        return (
            (DIFFERENT if value < 0.05 or (sign == "<" and value <= 0.05) else NO_DIFFERENCE)
            if sign != ">"
            else NO_DIFFERENCE
        )
    up, down = _UP.search(text), _DOWN.search(text)
    return "" if bool(up) == bool(down) else MORE if up else FEWER


def _treatments(sentence: Sentence) -> frozenset[str]:
    """Return the base names of what a sentence compares: its drugs, the members of its classes, placebo."""
    spoken = sentence.spoken
    named = {base(drug) for drug in sentence.drugs if f" {' '.join(words(drug))} " in spoken}
    members = {member for name, (_, group) in classes().items() if f" {name} " in spoken for member in group}
    return frozenset(named | members | ({_PLACEBO} if f" {_PLACEBO} " in spoken else set()))


def _people(sentence: Sentence) -> frozenset[str]:
    """Return which particular patients a finding is of."""
    said = f"{sentence.title}. {sentence.text}"
    return frozenset(c.id for c in concepts_in(said, Topic.POPULATION, Topic.ORGAN) if c.id not in _EVERYBODY)
