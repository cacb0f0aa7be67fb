"""Which sections of one label answer a question: the aspect first, likeness inside it second."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from corpus.document import Role, Section
from index.snapshot import Snapshot
from qa.points import Located
from qa.terms import Term, coverage, normalised

Vector = NDArray[np.float32]

ASPECT_WEIGHT = 1.0
TITLE_WEIGHT = 0.55
TEXT_WEIGHT = 0.3
LIKENESS_WEIGHT = 0.9
FINALISTS = 14
# A line of no more words, without a stop, heads what follows it.
HEADING_WORDS = 8
# The share of the terms in its headings from which a section is all about what is asked.
OWN_SECTION = 0.5


@dataclass(frozen=True, slots=True, eq=False)
class LabelSection:
    """One section of a label with its sentences, their cosines with the question, and how well it answers.

    `prior` is what the aspect alone gives it, 0 to 1; `title_match` and `text_match` are the shares of
    what is asked that stand in its headings and in its text. `document` is the label's number in the snapshot.
    """

    section: Section
    located: tuple[Located, ...]
    similarity: NDArray[np.float32]
    prior: float
    score: float = 0.0
    title_match: float = 0.0
    text_match: float = 0.0
    document: int = -1

    @property
    def likeness(self) -> float:
        """Return the cosine of its best sentence."""
        return float(np.max(self.similarity))

    def text_of(self, number: int) -> str:
        """Return one of its sentences."""
        sentence = self.located[number].sentence
        return self.section.text[sentence.start : sentence.end]


def read_sections(
    snapshot: Snapshot, document: int, vectors: Sequence[Vector], prior: Callable[[Section], float]
) -> list[LabelSection]:
    """Return the sections of one label that have sentences, in order, not yet scored."""
    rows = snapshot.rows(document)
    own, offsets = snapshot.sentences_of(rows)
    alike = (own @ np.stack(vectors, axis=1)).max(axis=1) if len(own) else np.empty(0, np.float32)
    grouped: dict[int, list[int]] = {}
    for at, row in enumerate(rows.tolist()):
        grouped.setdefault(snapshot.passage(row).section, []).append(at)
    found = []
    for members in grouped.values():
        passages = [snapshot.passage(int(rows[at])) for at in members]
        located = tuple(Located(sentence, passage.id) for passage in passages for sentence in passage.sentences)
        if not located:
            continue
        similarity = np.concatenate([alike[offsets[at] : offsets[at + 1]] for at in members])
        section = snapshot.section_of(int(rows[members[0]]))
        found.append(LabelSection(section, located, similarity, prior(section), document=document))
    return found


def rank_sections(sections: Sequence[LabelSection], asked: Sequence[Term]) -> list[LabelSection]:
    """Return the sections scored, best first, ties in the label's order.

    The score adds what the aspect gives, how much of what is asked stands in the headings and in the
    text, and the likeness of the best sentence. Only the FINALISTS by aspect, heading and likeness
    have their text read.
    """
    first = sorted((_with_title(section, asked) for section in sections), key=lambda s: -s.score)
    return sorted((_with_text(section, asked) for section in first[:FINALISTS]), key=lambda s: -s.score)


def _with_title(one: LabelSection, asked: Sequence[Term]) -> LabelSection:
    title = coverage(asked, normalised(" ".join(one.section.heading)))
    score = ASPECT_WEIGHT * one.prior + TITLE_WEIGHT * title + LIKENESS_WEIGHT * one.likeness
    return replace(one, score=score, title_match=title)


def _with_text(one: LabelSection, asked: Sequence[Term]) -> LabelSection:
    text = coverage(asked, normalised(one.section.text))
    return replace(one, score=one.score + TEXT_WEIGHT * text, text_match=text)


def best_sentences(one: LabelSection, asked: Sequence[Term], most: int) -> list[int]:
    """Return the numbers of at most `most` sentences of a section that answer best, in reading order.

    A section that is short enough is taken whole: what a label says in three sentences is not to be cut.
    Of a longer one about other things too, only what speaks of the condition asked about is taken.
    """
    quotable = [n for n in range(len(one.located)) if is_quotable(one, n)]
    if len(quotable) <= most:
        return quotable
    bound = [term for term in asked if term.weight > 1]
    if one.title_match < OWN_SECTION and bound:
        quotable = [n for n in quotable if coverage(bound, normalised(one.text_of(n)))] or quotable
    scores = {
        n: float(one.similarity[n]) + 0.5 * coverage(asked, normalised(one.text_of(n))) + (0.1 if n == 0 else 0.0)
        for n in quotable
    }
    return sorted(sorted(quotable, key=lambda n: -scores[n])[:most])


def is_quotable(one: LabelSection, number: int) -> bool:
    """Return whether a sentence says something: a caption, a line that only heads what follows, or dots do not."""
    text = one.text_of(number).rstrip()
    sentence = one.located[number].sentence
    if sentence.role is Role.CAPTION or "\ufffd" in text or text.startswith("|"):
        return False
    heads = sentence.role is Role.PARAGRAPH and len(text.split()) <= HEADING_WORDS and text[-1:] not in ".;:)!"
    if heads and len(one.located) > 1:
        return False
    return not text.endswith(("?", "...", "…")) and any(character.isalpha() for character in text)
