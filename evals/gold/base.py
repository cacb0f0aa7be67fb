"""Gold questions and the sets they come in: what each file in this folder makes.

A file has `load(shared) -> GoldSet`, where `shared` is the folder of the shared data; `own.py` alone reads a
user's file instead. Sets are development questions: what is tuned is tuned on them.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from corpus.document import Document, digest


class Task(StrEnum):
    """What is done with each question of a set; a measure reads what its task left in the outcome."""

    SEARCH = "search"  # rank documents and passages
    ANSWER = "answer"  # compose and check the whole answer
    REWRITE = "rewrite"  # make a follow-up stand alone, and search by each of its forms
    RATIONALE = "rationale"  # choose, in the right abstract, the sentences that bear on a claim


@dataclass(frozen=True, slots=True)
class Place:
    """A section of a document by its key, number ("5.1", "" where it has none) and title."""

    document: str
    number: str = ""
    title: str = ""
    loinc: str = ""


@dataclass(frozen=True, slots=True)
class GoldQuestion:
    """A question that others wrote, and what a right answer to it is known to be.

    `relevant` are the keys of the documents that answer, with a grade above 0; `places` the label sections
    that answer, any one of them. `required`, `optional` and `forbidden` are facts in words; `ideal` whole answers
    to compare with. `rationale` are, by document key, the groups of sentence numbers that people marked.
    `standalone` is the form that a person gave a follow-up, "" where the question is none.
    """

    id: str
    text: str
    type: str = ""
    history: tuple[str, ...] = ()
    standalone: str = ""
    relevant: Mapping[str, int] = field(default_factory=dict)
    places: tuple[Place, ...] = ()
    required: tuple[str, ...] = ()
    optional: tuple[str, ...] = ()
    forbidden: tuple[str, ...] = ()
    ideal: tuple[str, ...] = ()
    rationale: Mapping[str, tuple[int, ...]] = field(default_factory=dict)
    answerable: bool = True
    without: frozenset[str] = frozenset()
    """Keys of documents that are left out of the corpus when this question is asked."""
    expects: str = ""
    """How it must be met, a `qa.answer.Status` value, "" where answered or refused says it all."""


@dataclass(frozen=True, slots=True)
class GoldSet:
    """Questions, what is done with them, and the corpus that they are asked of.

    `documents` yields that corpus; None where they are asked of the data folder being measured. `measures` are the
    names of files in `evals/measures`. `about` says in a sentence where the set comes from, for the report.
    """

    name: str
    about: str
    questions: tuple[GoldQuestion, ...]
    tasks: frozenset[Task]
    measures: tuple[str, ...]
    documents: Callable[[], Iterator[Document]] | None = None

    @property
    def fingerprint(self) -> str:
        """Return a hash of the questions and all that is known of their answers."""
        return digest([self.name, [_plain(question) for question in self.questions]])


def _plain(question: GoldQuestion) -> list[object]:
    """Return the question as JSON-ready values."""
    places = [[one.document, one.number, one.title, one.loinc] for one in question.places]
    return [
        *(question.id, question.text, question.type, question.history, question.standalone),
        *(dict(question.relevant), places, question.required, question.optional, question.forbidden),
        *(question.ideal, dict(question.rationale), question.answerable, sorted(question.without), question.expects),
    ]
