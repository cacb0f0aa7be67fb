"""What a sentence states that another may contradict, and the sentence as the readers of it see it."""

# ruff: noqa: E501 (one pattern a line)

import re
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from functools import cache

from corpus.document import SourceKind
from qa.answer import ConflictKind
from qa.bodies import ABBREVIATIONS
from qa.drug_base import base
from qa.drug_classes import classes
from qa.synonyms import Concept, Topic, expand
from qa.terms import normalised

# What is said of an older edition, or of two sources at once, is no statement of the source that says it.
_NOT_ITS_OWN = re.compile(
    r"\b(?:older|earlier|previous|former|superseded|since changed) (?:labels?|labelling|labeling|editions?|versions?|texts?|guidelines?)\b|"
    r"\b(?:consultation document|draft guidance|no longer)\b|\bdisagrees?\b|\bdiffers? from those\b|"
    r"\bwhereas\b.{0,60}\b(?:labels?|articles?|journal|registry|copy|guidelines?|notes?|pages?|central)\b|"
    r"\blower than those in\b|\bis (?:not the same|divided)\b|\b(?:was|were) not read\b",
    re.IGNORECASE,
)
# A later look at a trial, or a part of its participants: figures of these are not the trial's.
_LATER = re.compile(
    r"\b(?:post[ -]hoc|sub-?groups?|sub-?study|regional|interaction|centile|biops\w+|supplemental|alone,? when|"
    r"per[ -]protocol)\b",
    re.IGNORECASE,
)
_SOME = re.compile(
    r"\b(?:(?:women|men|patients|people|those|adults) (?:aged|over|under|with a t-score|with (?:one|two|three))|aged \d|"
    r"[A-Z]\w+(?:n|ese) (?:women|men|patients)|in (?:women|men),? |at age|rest of the world)\b"
)
_STUDY = re.compile(r"\b[A-Z][A-Z0-9]{2,}[A-Za-z]*(?:-[A-Z0-9][A-Za-z0-9]+)*(?: (?:Extension|extension|OLE)\b)?")
_NOT_STUDIES = frozenset(
    "FDA USA NIH EMA BMD BMI OTC FAQ PDF DNA RNA MRI EGFR HIV LDL HDL CNS ECG EKG COPD ICD ICU RCT RCTS DXA FRAX MACE "
    "CTX P1NP NCT PTH PTHRP GRADE TNF IGG IGG2 QALY QALYS CKD CI HR RR OR NNT SD SE IQR ITT AUC PMID DOI TA791".split()
)


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence with what its place tells of it. `lead` introduces a list item; `heading` is the path of titles."""

    text: str
    lead: str
    heading: tuple[str, ...]
    title: str
    kind: SourceKind
    design: str
    body: str
    drugs: tuple[str, ...]
    is_item: bool = False

    @property
    def spoken(self) -> str:
        """Return lead and text as drug names are looked for in them."""
        return normalised(f"{self.lead} {self.text}")


@dataclass(frozen=True, slots=True)
class Stated:
    """One thing stated. Two of the same kind and `topic` speak of one matter; each kind says when they clash.

    `value` is what is stated; `scope` limits it: a time, a comparator, whom it is said of; `numbers` are figures that
    limit it. `subject` names the matter for a reader. `target` is the normalised text that must name the drug, or a class
    of it, for the statement to be about it.
    """

    kind: ConflictKind
    topic: Hashable
    subject: str
    value: frozenset[str]
    target: str
    scope: frozenset[str] = frozenset()
    numbers: frozenset[str] = frozenset()


Reader = Callable[[Sentence], list[Stated]]
Clash = Callable[[Stated, Stated, frozenset[str]], bool]


def speaks_for_itself(text: str) -> bool:
    """Return whether a sentence states something of its own: not an older edition's words, not a comparison of sources."""
    return _NOT_ITS_OWN.search(text) is None


def is_later_look(text: str) -> bool:
    """Return whether a sentence tells of a later analysis of a trial."""
    return _LATER.search(text) is not None


def is_of_a_part(text: str) -> bool:
    """Return whether figures are those of some of a trial's participants."""
    return _SOME.search(text) is not None


def studies_in(text: str) -> tuple[str, ...]:
    """Return the names of trials in a text, as written; "FRAME Extension" is another than "FRAME"."""
    found = (name for name in _STUDY.findall(text))
    return tuple(
        dict.fromkeys(
            name.replace("extension", "Extension")
            for name in found
            if name.upper() not in _NOT_STUDIES and name not in ABBREVIATIONS and not name.startswith("NCT")
        )
    )


def concepts_in(text: str, *topics: Topic) -> list[Concept]:
    """Return the clinical concepts of a text, of some topics or of all."""
    return [concept for concept in expand(text, medical=True) if not topics or concept.topic in topics]


@cache
def classes_of(drug: str) -> frozenset[str]:
    """Return every name, in lower case, of the classes that a drug belongs to."""
    key = base(drug)
    return frozenset(name for name, (_, members) in classes().items() if key in members)
