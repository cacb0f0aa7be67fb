"""Asking: one gold question put to the product as a user would put it; what came of it is an outcome."""

import time
from collections.abc import Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from concurrent.futures import TimeoutError as FutureTimeout

import numpy as np

from corpus.document import SourceKind
from evals.gold.base import GoldQuestion, Task
from evals.outcome import DEPTH, FoundPassage, Outcome
from index.encoders.base import Encoder
from index.hit import Hit
from qa import rationale
from qa.answerer import Answerer
from qa.library import Library
from qa.understand import Understanding, history_of, understand

PASSAGES = 10  # passages of a ranking that are kept
# Passages that are ranked so that DEPTH documents are among them: both searchers' candidates, and more do not come.
RANKED = 400
Abstracts = Mapping[str, tuple[str, tuple[str, ...]]]


class Asker:
    """Puts questions to one answerer. `abstracts` are titles and sentences by document key, for the task RATIONALE."""

    def __init__(self, answerer: Answerer, encoder: Encoder, abstracts: Abstracts | None = None) -> None:
        self._answerer = answerer
        self._encoder = encoder
        self._abstracts = abstracts or {}

    def ask(self, question: GoldQuestion, tasks: frozenset[Task]) -> Outcome:
        """Return what the question brings. Raises whatever the product raises.

        The time is that of the answer; where none is asked for, of the search; else of making it stand alone.
        """
        clock = _Clock()
        answer = self._answerer.ask(question.text, question.history) if Task.ANSWER in tasks else None
        clock.lap(Task.ANSWER in tasks)
        hits = self._searched(question) if Task.SEARCH in tasks else []
        clock.lap(Task.SEARCH in tasks)
        understood = self._understood(question) if Task.REWRITE in tasks else None
        clock.lap(Task.REWRITE in tasks)
        runs = self._by_form(question, understood) if understood and question.relevant else {}
        if Task.SEARCH in tasks:
            runs["bm25"] = _by_bm25(self._answerer.library(), question.text)
        return Outcome(
            question=question.id,
            run=documents_of(hits),
            passages=tuple(map(_passage, hits[:PASSAGES])),
            runs=runs,
            standalone=understood.standalone if understood else "",
            constraints=tuple(one.text for one in understood.constraints) if understood else (),
            chosen=self._rationale(question) if Task.RATIONALE in tasks else {},
            answer=answer,
            ms=clock.ms,
        )

    def _searched(self, question: GoldQuestion) -> list[Hit]:
        """Return the passages for the question: a follow-up is searched as it stands alone."""
        text = self._understood(question).standalone if question.history else question.text
        return self._answerer.search(text, k=RANKED)

    def _understood(self, question: GoldQuestion) -> Understanding:
        lexicon = self._answerer.library().lexicon
        return understand(question.text, history_of(question.history, lexicon), lexicon)

    def _by_form(self, question: GoldQuestion, understood: Understanding) -> dict[str, tuple[str, ...]]:
        """Return the documents found by each form of a follow-up."""
        forms = {"raw": question.text, "ours": understood.standalone, "by hand": question.standalone or question.text}
        found = {text: documents_of(self._answerer.search(text, k=RANKED))[:10] for text in set(forms.values())}
        return {name: found[text] for name, text in forms.items()}

    def _rationale(self, question: GoldQuestion) -> dict[str, tuple[int, ...]]:
        """Return, by document, the sentences chosen in the abstracts that people marked sentences in."""
        chosen = {}
        for key in question.rationale:
            title, sentences = self._abstracts[key]
            chosen[key] = rationale.choose(
                question.text, sentences, title, self._encoder, fold=rationale.fold_of(question.id)
            )
        return chosen


class _Clock:
    """Milliseconds of the first lap that counts; 0 where none does."""

    def __init__(self) -> None:
        self._last = time.perf_counter()
        self.ms = 0.0

    def lap(self, counts: bool) -> None:
        now = time.perf_counter()
        if counts and not self.ms:
            self.ms = 1000 * (now - self._last)
        self._last = now


def documents_of(hits: Sequence[Hit]) -> tuple[str, ...]:
    """Return the documents' keys in the order of their best passages, at most DEPTH."""
    return tuple(dict.fromkeys(hit.document.key for hit in hits))[:DEPTH]


def _by_bm25(library: Library, text: str) -> tuple[str, ...]:
    """Return the documents by BM25 alone, in the order of their best passages: what a figure is compared with."""
    snapshot, terms = library.snapshot, library.searcher.prepare(text).terms
    scores = np.zeros(len(snapshot), np.float32)
    for kind in SourceKind:
        lexical = snapshot.lexical(kind)
        if lexical is not None:
            scores[snapshot.rows_of_kind(kind)] = lexical.scores(terms)
    best = [row for row in np.argsort(-scores, kind="stable")[:RANKED].tolist() if scores[row] > 0]
    return tuple(dict.fromkeys(snapshot.document_of(row).key for row in best))[:DEPTH]


def _passage(hit: Hit) -> FoundPassage:
    section = hit.section
    return FoundPassage(hit.document.key, hit.passage.id, section.number, section.title, section.code, hit.score)


class Patience:
    """Runs one question at a time in a thread, and gives up on it after a while: it counts as wrong."""

    def __init__(self, timeout_s: float) -> None:
        self._timeout_s = timeout_s
        self._pool = ThreadPoolExecutor(1)

    def outcome(self, asker: Asker, question: GoldQuestion, tasks: frozenset[Task]) -> Outcome:
        """Return what the question brings; where it fails or takes too long, an outcome that says so."""
        future: Future[Outcome] = self._pool.submit(asker.ask, question, tasks)
        try:
            fault = future.exception(self._timeout_s)
        except FutureTimeout:
            self._pool.shutdown(wait=False, cancel_futures=True)
            self._pool = ThreadPoolExecutor(1)
            return Outcome(question.id, ms=1000 * self._timeout_s, error=f"took longer than {self._timeout_s:g} s")
        return Outcome(question.id, error=f"{type(fault).__name__}: {fault}") if fault else future.result()

    def close(self) -> None:
        """Let go of the thread."""
        self._pool.shutdown(wait=False, cancel_futures=True)
