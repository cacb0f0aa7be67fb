"""What tells a sentence that bears on a claim from its neighbours: likeness, shared terms, place, and turns of phrase."""

# ruff: noqa: E501 (one pattern a line)

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.tokens import tokens

Table = NDArray[np.float64]
# The stages of a report, in the order in which it tells them; -1 is none known.
BACKGROUND, METHODS, RESULTS, CONCLUSIONS = range(4)
_STAGES = (
    (CONCLUSIONS, re.compile(r"CONCLU|INTERPRET|SIGNIFIC|IMPLIC|SUMMARY|DISCUSS|LIMITS")),
    (RESULTS, re.compile(r"RESULT|FINDING|MEASUREMENTS AND MAIN")),
    (
        METHODS,
        re.compile(
            r"METHOD|DESIGN|SETTING|PARTICIPANT|PATIENT|MEASURE|OUTCOME|INTERVENTION|SUBJECT|DATA|SOURCE|SELECTION|"
            r"EXTRACTION|POPULATION|SAMPLE|ANALYSIS|FUNDING|REGISTRATION"
        ),
    ),
    (BACKGROUND, re.compile(r"BACKGROUND|OBJECTIVE|INTRODUC|CONTEXT|AIM|PURPOSE|RATIONALE|IMPORTANCE|HYPOTHESIS")),
)
# A label in capitals before the first word of a sentence: "RESULTS Of the 32,441 samples ..."
_LABEL = re.compile(r"\(?(?:[A-Z][A-Z/&,-]+\s?:?\s?)+")
_LABEL_LETTERS = 5
_CUES = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        r"^(?:conclusions?|interpretation|significance|implications)\b|\b(?:in conclusion|conclude|these (?:results|findings|data)|our (?:results|findings|data)|we (?:propose|suggest)|(?:results|findings|data) (?:suggest|indicate|demonstrate|show|reveal|provide|support)|thus|therefore|taken together|collectively|in summary|overall)\b",
        r"\b(?:(?:here,? )?we (?:show|found|find|demonstrate|report|identif\w+|observed|reveal\w*|discover\w*|provide|describe)|showed|shown|found|associated with|(?:was|were) associated|significant\w*|demonstrated|revealed|resulted|led to|observed|compared (?:with|to)|versus|correlat\w+)\b",
        r"\b(?:we (?:aimed|sought|conducted|performed|searched|investigated|evaluated|assessed|examined|studied|reviewed|analy[sz]ed|used|measured|tested|asked|tried|compared)|were (?:randomi[sz]ed|assigned|enrolled|recruited|included|measured|collected|analy[sz]ed|obtained|searched)|(?:aim|objective|purpose|goal)s? (?:of|was|is|were)|to (?:determine|assess|evaluate|investigate|examine|compare|estimate) (?:the|whether)|(?:was|were) used|data sources|main outcome)\b",
        r"\b(?:little is known|unknown|unclear|remains?|ha(?:s|ve) been|is an?|are a|however|poorly understood|is the|plays?|controversial|important)\b",
        r"\bp ?[<=>]|\bCI\b|confidence interval|\d%|±|\+/-|(?:hazard|odds) ratio|\b[HR]R\b|fold",
    )
)
_MOST_CUES = 3
_POINTS_BACK = re.compile(
    r"(?:this|these|such|it|they|moreover|furthermore|in addition|additionally|however|also)\b", re.IGNORECASE
)
_DENIES = re.compile(
    r"\b(?:no|not|nor|neither|without|fail(?:s|ed)?|lack(?:s|ed)?|independent|cannot)\b", re.IGNORECASE
)
# Stems (of `index.tokens`) of words that say which way something went.
_DIRECTIONS = frozenset(
    """increas higher high elev elevat rais rise greater more upregul enhanc promot activ stimul gain longer improv larger
    induc augment acceler strong posit decreas lower low reduc less fewer downregul inhibit suppress loss lack shorter
    impair diminish declin attenu block prevent smaller worsen absenc defici fail weak negat""".split()
)
SIGNS = (
    *("likeness", "likeness_z", "likeness_gap", "terms", "terms_z", "terms_gap", "own_terms", "own_share"),
    *("background", "methods", "results", "conclusions"),
    *("concludes", "finds", "tells_method", "sets_up", "figures", "points_back", "direction", "denies"),
    *("way", "from_end", "count", "length"),
)


@dataclass(frozen=True, slots=True)
class Claim:
    """A claim or question made ready: its terms in order, and what each is worth."""

    terms: tuple[str, ...]
    worth: tuple[float, ...]

    @property
    def total(self) -> float:
        """Return what all terms are worth."""
        return sum(self.worth)


def claim_of(text: str, rarity: Mapping[str, float], rarest: float) -> Claim:
    """Return a claim made ready; `rarity` says what a term is worth, `rarest` what one is that it does not hold."""
    terms = tuple(dict.fromkeys(tokens(text)))
    return Claim(terms, tuple(rarity.get(term, rarest) for term in terms))


def signs(
    claim: Claim,
    likeness: Table,
    sentences: Sequence[str],
    stages: Sequence[int],
    titles: Sequence[str],
    starts: Sequence[int],
) -> Table:
    """Return what each sentence shows, shape (sentences, len(SIGNS)).

    The sentences are those of several texts, one after another: text i begins at `starts[i]` and is called `titles[i]`.
    `likeness` are cosines with the claim; `stages` say what part of its report each sentence is (`stages_of`). No text
    is empty.
    """
    texts = _Texts(np.asarray(starts), len(sentences))
    worth = np.array(claim.worth)
    held = np.array([[term in own for term in claim.terms] for own in map(terms_of, sentences)], np.float64)
    own = np.array([[term not in named for term in claim.terms] for named in map(terms_of, titles)], np.float64)
    own_worth = texts.spread(own * worth)
    stage = np.asarray(stages)
    place = texts.places()
    count = texts.spread(texts.counts)
    columns = [
        *texts.relative(likeness),
        *texts.relative(held @ worth / max(claim.total, 1e-9)),
        (held * own_worth).sum(axis=1) / np.maximum(own_worth.sum(axis=1), 1e-9),
        texts.spread(own.mean(axis=1) if claim.terms else np.zeros(len(own))),
        *((stage == number) for number in (BACKGROUND, METHODS, RESULTS, CONCLUSIONS)),
        *np.array([turns(sentence) for sentence in sentences]).T,
        place / np.maximum(1, count - 1),
        np.minimum(count - 1 - place, 8),
        count,
        np.log([1 + len(sentence.split()) for sentence in sentences]),
    ]
    return np.stack(columns, axis=1).astype(np.float64)


class _Texts:
    """Which sentence belongs to which text."""

    def __init__(self, starts: NDArray[np.int64], sentences: int) -> None:
        self._starts = starts
        self.counts = np.diff(np.append(starts, sentences))
        self._of = np.repeat(np.arange(len(starts)), self.counts)

    def spread(self, by_text: NDArray[Any]) -> Table:
        """Return each text's value for each of its sentences."""
        return by_text[self._of]

    def places(self) -> Table:
        """Return each sentence's number in its text."""
        return np.arange(len(self._of)) - self.spread(self._starts)

    def relative(self, values: Table) -> tuple[Table, Table, Table]:
        """Return the values, how many deviations each lies above its text's mean, how far below its best."""
        mean = self.spread(np.add.reduceat(values, self._starts) / self.counts)
        off = values - mean
        deviation = np.sqrt(np.add.reduceat(off * off, self._starts) / self.counts)
        return (
            values,
            off / (self.spread(deviation) + 1e-6),
            values - self.spread(np.maximum.reduceat(values, self._starts)),
        )


def stages_of(sentences: Sequence[str]) -> list[int]:
    """Return the stage of each sentence: that of the last label in capitals, -1 before the first."""
    found, stage = [], -1
    for sentence in sentences:
        label = _LABEL.match(sentence)
        if label and sum(map(str.isupper, label[0])) >= _LABEL_LETTERS:
            stage = next((number for number, pattern in _STAGES if pattern.search(label[0])), stage)
        found.append(stage)
    return found


@lru_cache(maxsize=100_000)
def terms_of(text: str) -> frozenset[str]:
    """Return the terms of a sentence, each once."""
    return frozenset(tokens(text))


@lru_cache(maxsize=100_000)
def turns(sentence: str) -> tuple[float, ...]:
    """Return how often it concludes, finds, tells a method, sets up, gives figures; whether it points back, says a
    direction, denies."""
    return (
        *(float(min(_MOST_CUES, sum(1 for _ in cue.finditer(sentence)))) for cue in _CUES),
        float(_POINTS_BACK.match(sentence) is not None),
        float(not _DIRECTIONS.isdisjoint(terms_of(sentence))),
        float(_DENIES.search(sentence) is not None),
    )
