"""Whether the answers that a change of the sources leaves stale are flagged, all of them and no other, and how fast.

Real questions are asked of real labels and abstracts and the answers kept. Then seeded changes are made, of
which it is known as they are made which cited characters they touch (`bench/stale_changes.py`): an answer must
be flagged where one of its citations is touched, and only there.
"""

import random
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Annotated

import sqlalchemy as sa
import typer

from bench.homes import encoder_at
from bench.questions import SHARED, questions
from bench.stale_changes import KINDS, Seeded, Span, seeded
from bench.tables import conditions, record, table
from commands.progress import progress_bar
from commands.settings import Settings
from corpus.document import Document
from corpus.errors import UnreadableFile
from corpus.stale import flag_stale
from corpus.store import Store
from evals.corpora import pubmedqa
from evals.intervals import SEED, wilson
from evals.label_corpora import label_documents
from index.encoders.base import Encoder
from index.publish import publish
from ingest.splitter import EncoderSplitter
from qa.answerer import Answerer
from qa.keep import AnswerKeeper

DAY = date(2026, 1, 1)
ASKED = ("What are the contraindications of", "What are the adverse reactions of", "What is the dose of")


@dataclass(frozen=True, slots=True)
class Cited:
    """A citation of a kept answer."""

    answer_id: str
    n: int
    document_id: str
    span: Span


@dataclass(frozen=True, slots=True)
class Judged:
    """What came of one kind of change: citations and answers that had to be flagged or not, and those that were."""

    kind: str
    changes: int
    must: int
    must_flagged: int
    other: int
    other_flagged: int


def measure(
    home: Annotated[Path, typer.Option(help="A data folder whose encoder and vectors are used.")] = Path(".bench"),
    labels: Annotated[int, typer.Option(help="At most so many labels.")] = 400,
    abstracts: Annotated[int, typer.Option(help="At most so many abstracts.")] = 476,
    copies: Annotated[int, typer.Option(help="Every answer is kept so often for the largest figure.")] = 10,
    seed: Annotated[int, typer.Option(help="What is changed, and how.")] = SEED,
    shared: Annotated[Path, typer.Option(help="The shared data folder.")] = SHARED,
    keep: Annotated[bool, typer.Option("--record", help="Write the table into docs/measurements.md.")] = False,
) -> None:
    """Print what was flagged of what had to be, by kind of change, and the seconds; exit 1 unless all is right."""
    encoder = encoder_at(home, Settings.model_fields["precision"].default, 2)
    data = shared / "data"
    documents = [*_first(label_documents(data), labels), *_first(pubmedqa(data), abstracts)]
    with tempfile.TemporaryDirectory() as folder, progress_bar("stale") as step:
        own = Path(folder)
        for name in ("models", "vectors"):
            (home / name).mkdir(exist_ok=True)
            (own / name).symlink_to((home / name).resolve(), target_is_directory=True)
        with Store.open(own) as store:
            read_in(store, documents, encoder)
            fingerprint = store.fingerprint()
            publish(own, store.current_split(), encoder, corpus_fingerprint=fingerprint, progress=step)
            answerer, keeper = Answerer(own), AnswerKeeper(store)
            asking = [one.text for one in questions(shared) if one.source in ("fdarx", "medicationqa", "pubmedqa")]
            drugs = dict.fromkeys(drug for document in documents for drug in document.drugs[:1])
            asking += [f"{asked} {drug}?" for drug in drugs for asked in ASKED]
            for number, question in enumerate(asking):
                step("questions", number, len(asking))
                keeper.keep(answerer.ask(question))
            text, is_right = _measured(store, seed, copies)
    print(text)
    if keep:
        record("stale", text)
    if not is_right:
        raise typer.Exit(1)


def read_in(store: Store, documents: Iterable[Document], encoder: Encoder) -> None:
    """Put the documents into the store, split; one that has no text is left out."""
    splitter = EncoderSplitter(encoder)
    for document in documents:
        try:
            passages = splitter.split(document)
        except UnreadableFile:
            continue
        origin = store.keep_raw(document.key.encode(), name=document.key, retrieved=DAY)
        store.add(document, origin=origin, passages=passages, splitter=splitter.fingerprint)


def citations(store: Store) -> list[Cited]:
    """Return every citation of every kept answer."""
    return [
        Cited(answer.id, c.n, c.document_id, (c.section_id, c.start, c.end))
        for answer in store.answers(1_000_000)
        for c in answer.citations
    ]


def apply(store: Store, changes: Iterable[Seeded]) -> None:
    """Make the changes."""
    for number, change in enumerate(changes):
        if change.after is not None:
            origin = store.keep_raw(f"{change.before.id} {number}".encode(), name=change.kind, retrieved=DAY)
            store.add(change.after, origin=origin, replaces=change.before.id)
        if change.state is not None:
            store.set_integrity(change.before.key, change.state, "as this measurement says")


def judge(cited: Sequence[Cited], changes: Sequence[Seeded], flagged: set[tuple[str, int]]) -> list[Judged]:
    """Return what was flagged of what had to be, by kind of change, then over all citations, then over all answers."""
    by_version = {change.before.id: change for change in changes}
    rows: dict[str, list[tuple[bool, bool]]] = {kind: [] for kind in KINDS}
    answers: dict[str, list[tuple[bool, bool]]] = defaultdict(list)
    for citation in cited:
        change = by_version.get(citation.document_id)
        one = change is not None and citation.span in change.touched, (citation.answer_id, citation.n) in flagged
        rows.setdefault(change.kind if change else "not changed", []).append(one)
        answers[citation.answer_id].append(one)
    counts = {kind: sum(change.kind == kind for change in changes) for kind in rows}
    found = [_judged(kind, counts[kind], row) for kind, row in rows.items()]
    found.append(_judged("all citations", len(changes), [one for row in rows.values() for one in row]))
    whole = [(any(must for must, _ in row), any(done for _, done in row)) for row in answers.values()]
    return [*found, _judged("all answers", len(changes), whole)]


def _measured(store: Store, seed: int, copies: int) -> tuple[str, bool]:
    cited = citations(store)
    spans: dict[str, list[Span]] = defaultdict(list)
    for citation in cited:
        spans[citation.document_id].append(citation.span)
    changes = seeded({name: store.get(name) for name in spans}, spans, seed)
    apply(store, changes)
    with _writes(store) as first:
        began = time.perf_counter()
        flags = flag_stale(store)
        took = time.perf_counter() - began
    with _writes(store) as second:
        began = time.perf_counter()
        again = flag_stale(store)
        took_again = time.perf_counter() - began
    judged = judge(cited, changes, {(flag.answer_id, flag.n) for flag in flags})
    is_right = all(row.must == row.must_flagged and not row.other_flagged for row in judged) and not again
    many, one_s, one_flags = _one_changed_among_many(store, cited, copies)
    times = [
        (f"all {len(changes):,} changes at once, {len(cited):,} citations", f"{took:.2f}", len(flags), len(first)),
        ("called again", f"{took_again:.2f}", len(again), len(second)),
        (f"one more document changed, {many:,} citations", f"{one_s:.2f}", one_flags, "1"),
    ]
    answers = len({citation.answer_id for citation in cited})
    text = "\n\n".join(
        (
            "### Answers that a change leaves stale",
            f"{answers:,} answers with citations to {len(spans):,} versions, {len(changes):,} of them changed, seed "
            f"{seed}. Must: citations (in the last row answers) whose cited characters the change touches, known as it "
            "is made.",
            table(("change", "changes", "must", "flagged (95 %)", "others", "flagged (95 %)"), map(_row, judged)),
            table(("flagging", "seconds", "flags", "statements that write"), times),
            conditions("sqlalchemy", "numpy"),
        )
    )
    return text, is_right


def _one_changed_among_many(store: Store, cited: Sequence[Cited], copies: int) -> tuple[int, float, int]:
    """Return how many citations there are once each answer is kept `copies` times; seconds and flags of a change."""
    for answer in store.answers(1_000_000):
        for copy in range(1, copies):
            store.keep_answer(replace(answer, id=f"{answer.id}-{copy}", json=f'{{"copy": {copy}}}'))
    flag_stale(store)
    current = {version.id for version in store.versions()}
    spans: dict[str, list[Span]] = defaultdict(list)
    for citation in cited:
        if citation.document_id in current:
            spans[citation.document_id].append(citation.span)
    most = max(spans, key=lambda name: len(spans[name]))
    document, change = store.get(most), KINDS["cited words changed"]
    apply(store, filter(None, [change(document, spans[most], random.Random(SEED))]))
    began = time.perf_counter()
    flags = flag_stale(store)
    took = time.perf_counter() - began
    return len(citations(store)), took, len(flags)


def _judged(kind: str, changes: int, row: Sequence[tuple[bool, bool]]) -> Judged:
    must = [done for due, done in row if due]
    other = [done for due, done in row if not due]
    return Judged(kind, changes, len(must), sum(must), len(other), sum(other))


def _row(row: Judged) -> tuple[object, ...]:
    return row.kind, row.changes, *_share(row.must, row.must_flagged), *_share(row.other, row.other_flagged)


def _share(n: int, flagged: int) -> tuple[str, str]:
    return f"{n:,}", wilson(flagged, n).show(2, percent=True) if n else "none"


@contextmanager
def _writes(store: Store) -> Iterator[list[str]]:
    """Yield the statements that write, as they are executed."""
    found: list[str] = []

    def heard(_c: object, _k: object, statement: str, *_others: object) -> None:
        if statement.split()[0].upper() in ("INSERT", "UPDATE", "DELETE"):
            found.append(statement)

    sa.event.listen(store.engine, "before_cursor_execute", heard)
    try:
        yield found
    finally:
        sa.event.remove(store.engine, "before_cursor_execute", heard)


def _first(documents: Iterable[Document], n: int) -> list[Document]:
    """Return the first n documents, each key once."""
    unique: dict[str, Document] = {}
    for document in documents:
        unique.setdefault(document.key, document)
    return list(unique.values())[:n]


if __name__ == "__main__":
    typer.run(measure)
