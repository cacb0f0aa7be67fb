"""TREC 2017 LiveQA-Med: consumers' questions, answers judged at NIST, over MedQuAD's pages.

The judged answers are what systems gave from the open web, not MedQuAD's own; so each stands in the corpus as a
document of its own, and so does each reference answer of the organisers. One that quotes a MedQuAD page gives its
grade to that page instead.
"""

import math
import random
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from lxml import etree

from corpus.document import Document, Section, SourceKind, digest
from evals.corpora import medquad
from evals.gold.base import GoldQuestion, GoldSet, Task
from evals.intervals import SEED

QUESTIONS = "data/scale/TREC-2017-LiveQA-Medical-Test-Questions-w-summaries.xml"
JUDGED = "data/scale/TREC-2017-LiveQA-Medical-qrels-NIST-692.txt"
PASSAGES = 4_000
CHARS = 900  # of a MedQuAD section to a passage, as the splitter cuts them: 1,752 passages where this counts 1,853
RUN = 6  # words in a row that are held in common
QUOTED = 0.5
REFERENCE = 3
"""The grade of a reference answer: that of an excellent one."""


@dataclass(frozen=True, slots=True)
class Judged:
    """An answer to a question, with its grade: 1, 2 and 3 for related, incomplete and excellent, 0 for the rest."""

    question: str
    grade: int
    text: str


def load(shared: Path) -> GoldSet:
    """Return the questions that some document answers, over judged answers, reference answers and MedQuAD pages."""
    asked = list(questions((shared / QUESTIONS).read_bytes()))
    judged = [
        *judgements((shared / JUDGED).read_text(encoding="utf-8")),
        *references((shared / QUESTIONS).read_bytes()),
    ]
    pages = list(medquad(shared / "data"))
    quoted = quoted_pages([one.text for one in judged], pages)
    grades: dict[str, dict[str, int]] = defaultdict(dict)
    own: dict[str, Document] = {}
    for one in judged:
        key = quoted.get(one.text) or own.setdefault(one.text, _document(one.text)).key
        grades[one.question][key] = max(one.grade, grades[one.question].get(key, 0))
    documents = [*own.values(), *_background(pages, set(quoted.values()), list(own.values()))]
    held = tuple(_with(question, grades[question.id]) for question in asked if any(grades[question.id].values()))
    return GoldSet(
        name="liveqa",
        about=(
            f"{len(held)} of the {len(asked)} questions of TREC 2017 LiveQA-Med, as paraphrased at NIST. Corpus: "
            f"{len(own)} answers of systems (graded at NIST, from the web) and of the organisers, and "
            f"{len(documents) - len(own)} of {len(pages)} MedQuAD pages, drawn by seed up to about {PASSAGES:,} "
            f"passages. {len(set(quoted.values()))} pages are quoted by judged answers and take their grades; the "
            "others were never judged and count as not relevant."
        ),
        questions=held,
        tasks=frozenset({Task.SEARCH}),
        measures=("retrieval",),
        documents=lambda: iter(documents),
    )


def questions(xml: bytes) -> Iterator[GoldQuestion]:
    """Yield the questions, ids as in the judgements ("1" for TQ1), typed by their first annotated type."""
    for one in _asked(xml):
        found = one.find(".//ANNOTATIONS/TYPE")
        yield GoldQuestion(
            _id(one), _line(one.findtext("NIST-PARAPHRASE")), _line(found.text if found is not None else "")
        )


def references(xml: bytes) -> Iterator[Judged]:
    """Yield the organisers' reference answers, which are graded as excellent."""
    for one in _asked(xml):
        for answer in one.iter("RefAnswer", "ReferenceAnswer"):
            if text := _line(answer.findtext("ANSWER")):
                yield Judged(_id(one), REFERENCE, text)


def judgements(lines: str) -> Iterator[Judged]:
    """Yield the judged answers of lines "question grade text"; a grade under 1 marks what could not be read."""
    for line in lines.split("\n"):
        if line.strip():
            question, grade, text = line.split(" ", 2)
            if int(grade) >= 1:
                yield Judged(question, int(grade) - 1, " ".join(text.split()))


def quoted_pages(texts: Iterable[str], pages: Sequence[Document]) -> dict[str, str]:
    """Return, by text, the key of the page that holds half of its runs of six words and more; the first of the best."""
    runs = {text: set(_runs(_words(text))) for text in dict.fromkeys(texts)}
    of_run: dict[tuple[str, ...], list[str]] = defaultdict(list)
    for text, own in runs.items():
        for run in own:
            of_run[run].append(text)
    best: dict[str, tuple[int, str]] = {}
    for page in pages:
        words = [_words(section.text) for section in page.sections]
        # Every sixth run tells whether the page can be quoted at all: whoever quotes eleven words in a row holds one.
        if not any(run in of_run for one in words for run in _runs(one, RUN)):
            continue
        found = {run for one in words for run in _runs(one)} & of_run.keys()
        for text, count in Counter(text for run in found for text in of_run[run]).items():
            if count >= QUOTED * len(runs[text]) and count > best.get(text, (0, ""))[0]:
                best[text] = (count, page.key)
    return {text: key for text, (_, key) in best.items()}


def _words(text: str) -> list[str]:
    return re.findall(r"[a-z0-9]+", text.lower())


def _runs(words: Sequence[str], every: int = 1) -> Iterator[tuple[str, ...]]:
    """Yield the runs of six words that begin at every so many-th word."""
    return (tuple(words[start : start + RUN]) for start in range(0, len(words) - RUN + 1, every))


def _background(pages: Sequence[Document], quoted: set[str], own: Sequence[Document]) -> Iterator[Document]:
    """Yield the pages quoted, then others by seed until all documents have about PASSAGES passages."""
    left = PASSAGES - sum(map(_passages, own))
    rest = [page for page in pages if page.key not in quoted]
    random.Random(SEED).shuffle(rest)
    for page in (*(page for page in pages if page.key in quoted), *rest):
        left -= _passages(page)
        if left < 0 and page.key not in quoted:
            return
        yield page


def _passages(document: Document) -> int:
    return sum(math.ceil(len(section.text) / CHARS) for section in document.sections)


def _document(text: str) -> Document:
    """Return the answer as a document; it has no title, so its first words stand for one."""
    title = " ".join(text.split()[:8])
    return Document(f"bench:liveqa-{digest(text)[:16]}", SourceKind.GUIDELINE, title, (Section((), text),))


def _with(question: GoldQuestion, grades: Mapping[str, int]) -> GoldQuestion:
    relevant = {key: grade for key, grade in sorted(grades.items()) if grade}
    return GoldQuestion(question.id, question.text, question.type, relevant=relevant)


def _asked(xml: bytes) -> Iterator[etree._Element]:
    return etree.fromstring(xml, etree.XMLParser(resolve_entities=False, no_network=True)).iter("NLM-QUESTION")


def _id(asked: etree._Element) -> str:
    return (asked.get("qid") or "").removeprefix("TQ")


def _line(text: str | None) -> str:
    return " ".join((text or "").split())
