"""Whether the answers that a change of the sources leaves stale are flagged, all of them and no other, and how fast.

Real questions are asked of real labels and abstracts and the answers kept. Then seeded changes are made, of
which it is known as they are made which cited characters they touch (`bench/stale_changes.py`): an answer must
be flagged where one of its citations is touched, and only there.
"""

import random
import shutil
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from bench.homes import encoder_at
from bench.questions import SHARED, questions
from bench.stale_changes import KINDS, Seeded, seeded
from bench.stale_edit import Span
from bench.stale_judged import Cited, Judged, judge, row_of, summed
from bench.tables import conditions, record, table
from commands.progress import progress_bar
from commands.settings import Settings
from corpus.document import Document
from corpus.errors import UnreadableFile
from corpus.flags import Flag
from corpus.stale import flag_stale
from corpus.store import DATABASE, Store
from evals.corpora import pubmedqa
from evals.intervals import SEED
from evals.label_corpora import label_documents
from index.encoders.base import Encoder
from index.publish import publish
from ingest.splitter import EncoderSplitter
from qa.answerer import Answerer
from qa.keep import AnswerKeeper
from tests.writes import writes_to

DAY = date(2026, 1, 1)
ASKED = ("What are the contraindications of", "What are the adverse reactions of", "What is the dose of")


@dataclass(frozen=True, slots=True)
class Timing:
    """One call: seconds, flags, and statements that wrote."""

    what: str
    seconds: float
    flags: int
    writes: int


@dataclass(frozen=True, slots=True)
class Round:
    """One repetition. Right: all that had to be flagged was, nothing else, and a second call wrote nothing."""

    judged: list[Judged]
    timings: list[Timing]
    is_right: bool


def measure(
    home: Annotated[Path, typer.Option(help="A data folder whose encoder and vectors are used.")] = Path(".bench"),
    labels: Annotated[int, typer.Option(help="At most so many labels.")] = 400,
    abstracts: Annotated[int, typer.Option(help="At most so many abstracts.")] = 476,
    copies: Annotated[int, typer.Option(help="Every answer is kept so often for the largest figure.")] = 10,
    repetitions: Annotated[int, typer.Option(min=1, help="How often, with other changes.")] = 5,
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
        rounds = []
        for number in range(repetitions):
            step("repetitions", number, repetitions)
            changed = own / f"changed-{number}"
            changed.mkdir()
            shutil.copy(own / DATABASE, changed)
            with Store.open(changed) as store:
                rounds.append(measured(store, seed + number, copies if number == 0 else 0))
    text = _report(rounds, seed)
    print(text)
    if keep:
        record("stale", text)
    if not all(one.is_right for one in rounds):
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


def measured(store: Store, seed: int, copies: int) -> Round:
    """Make a seeded change of each cited version, flag, and return what was flagged and how long it took."""
    cited = citations(store)
    spans = _spans(cited)
    changes = seeded({name: store.get(name) for name in spans}, spans, seed)
    apply(store, changes)
    due = f"{len(changes):,} documents changed, {len(cited):,} citations"
    flags, first = _timed(store, due)
    again, second = _timed(store, "called again")
    judged = judge(cited, changes, {(flag.answer_id, flag.n) for flag in flags})
    is_right = all(row.must == row.must_flagged and not row.other_flagged for row in judged) and not again
    timings = [first, second]
    if copies:
        timings.append(_one_changed_among_many(store, cited, copies))
    return Round(judged, timings, is_right and second.writes == 0)


def _timed(store: Store, what: str) -> tuple[tuple[Flag, ...], Timing]:
    with writes_to(store) as writes:
        began = time.perf_counter()
        flags = flag_stale(store)
        seconds = time.perf_counter() - began
    return flags, Timing(what, seconds, len(flags), len(writes))


def _spans(cited: Iterable[Cited]) -> dict[str, list[Span]]:
    spans: dict[str, list[Span]] = defaultdict(list)
    for citation in cited:
        spans[citation.document_id].append(citation.span)
    return spans


def _one_changed_among_many(store: Store, cited: Sequence[Cited], copies: int) -> Timing:
    """Keep each answer `copies` times, then change the document that is cited most of those that are as they were."""
    for answer in store.answers(1_000_000):
        for copy in range(1, copies):
            store.keep_answer(replace(answer, id=f"{answer.id}-{copy}", json=f'{{"copy": {copy}}}'))
    flag_stale(store)
    current = {version.id for version in store.versions()}
    spans = {name: found for name, found in _spans(cited).items() if name in current}
    most = max(sorted(spans), key=lambda name: len(spans[name]))
    change = KINDS["cited words changed"](store.get(most), spans[most], random.Random(SEED))
    apply(store, [change] if change else [])
    return _timed(store, f"one document changed, {len(citations(store)):,} citations")[1]


def _report(rounds: Sequence[Round], seed: int) -> str:
    rows = [summed([one.judged[number] for one in rounds]) for number in range(len(rounds[0].judged))]
    times = [
        (timing.what, f"{timing.seconds:.2f}", timing.flags, timing.writes) for one in rounds for timing in one.timings
    ]
    answers = rows[-1]
    return "\n\n".join(
        (
            "### Answers that a change leaves stale",
            f"{(answers.must + answers.other) // len(rounds):,} answers with citations, {len(rounds)} times with other "
            f"changes, seed {seed} and on. Must: citations (in the last row answers) whose cited characters a change "
            "touches, known as it is made.",
            table(("change", "changes", "must", "flagged (95 %)", "others", "flagged (95 %)"), map(row_of, rows)),
            table(("flagging", "seconds", "flags", "statements that write"), times),
            conditions("sqlalchemy", "numpy"),
        )
    )


def _first(documents: Iterable[Document], n: int) -> list[Document]:
    """Return the first n documents, each key once."""
    unique: dict[str, Document] = {}
    for document in documents:
        unique.setdefault(document.key, document)
    return list(unique.values())[:n]


if __name__ == "__main__":
    typer.run(measure)
