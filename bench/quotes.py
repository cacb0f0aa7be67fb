"""Whether every quote of every answer equals the stored characters, by a path of its own: the store, not the index.

Nothing of `qa/check.py` is used. Each citation is looked up in the store by document version and section, its
characters are compared one by one, and each claim's text is compared with the quotes that it is made of.
As a control the same comparison is made with every span moved by one character: it must fail.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Annotated

import typer

from bench.questions import SHARED, questions
from bench.tables import conditions, record, table
from commands.progress import progress_bar
from commands.settings import Settings
from corpus.document import Document
from corpus.errors import NotFound
from corpus.store import Store
from evals.intervals import wilson
from index.encoders.models import Precision
from qa.answer import Answer, Citation
from qa.answerer import Answerer

Held = Callable[[str], Document]


@dataclass(slots=True)
class Tally:
    """What was compared, and the first of what was found wrong."""

    answers: int = 0
    citations: int = 0
    exact: int = 0
    moved: int = 0
    claims: int = 0
    made_of_quotes: int = 0
    statuses: dict[str, int] = field(default_factory=dict)
    wrong: list[str] = field(default_factory=list)


def measure(
    home: Annotated[Path, typer.Option(help="A data folder that is set up.")] = Path(".curbside"),
    precision: Annotated[str, typer.Option(help="fp32 or int8.")] = str(Settings.model_fields["precision"].default),
    threads: Annotated[int, typer.Option(min=1)] = 2,
    per_source: Annotated[int, typer.Option(help="At most so many questions of each general source; 0 for all.")] = 0,
    shared: Annotated[Path, typer.Option(help="The shared data folder.")] = SHARED,
    keep: Annotated[bool, typer.Option("--record", help="Write the table into docs/measurements.md.")] = False,
) -> None:
    """Ask all development questions and compare every citation with the store; exit 1 unless all are equal."""
    exact: Precision = "int8" if precision == "int8" else "fp32"
    tally = Tally()
    answerer = Answerer(home, precision=exact, threads=threads)
    asking = questions(shared, per_source or None)
    with Store.open(home) as store, progress_bar("quotes") as step:
        held: Held = lru_cache(256)(store.get)
        for number, question in enumerate(asking, 1):
            answer = answerer.ask(question.text, question.history)
            _compare(answer, held, tally)
            step("questions", number, len(asking))
    manifest = answerer.library().snapshot.manifest
    about = f"snapshot {manifest.id}, corpus {manifest.corpus[:16]}, encoder {manifest.encoder}"
    text = _report(tally, len(asking), about)
    print(text)
    for line in tally.wrong[:20]:
        print("WRONG:", line)
    if keep:
        record("quotes", text)
    if tally.wrong or not tally.citations:
        raise typer.Exit(1)


def _compare(answer: Answer, held: Held, tally: Tally) -> None:
    tally.answers += 1
    tally.statuses[answer.status] = tally.statuses.get(answer.status, 0) + 1
    quotes = {}
    for citation in answer.citations:
        faults = list(_faults(citation, held))
        tally.citations += 1
        tally.exact += not faults
        tally.wrong += [f"{answer.question!r}: {fault}" for fault in faults]
        tally.moved += not faults and _moved_is_equal(citation, held(citation.version))
        quotes[citation.n] = citation.quote
    for claim in answer.claims():
        tally.claims += 1
        made = " ".join(quotes.get(n, "") for n in claim.quoted)
        cited = set(claim.quoted) <= set(claim.citations) <= set(quotes)
        if cited and claim.quoted and " ".join(claim.text.split()) == " ".join(made.split()):
            tally.made_of_quotes += 1
        else:
            tally.wrong.append(f"{answer.question!r}: the claim {claim.text[:80]!r} is not its quotes {made[:80]!r}")


def _faults(citation: Citation, held: Held) -> Iterator[str]:
    """Yield what is wrong with a citation by what the store holds."""
    try:
        document = held(citation.version)
    except NotFound:
        yield f"[{citation.n}] cites {citation.version}, which is not held"
        return
    if document.key != citation.document or document.kind is not citation.kind:
        yield f"[{citation.n}] calls {document.key} ({document.kind}) {citation.document} ({citation.kind})"
    if not document.integrity.is_evidence:
        yield f"[{citation.n}] rests on {document.key}, which is {document.integrity}"
    texts = [section.text for section in document.sections if section.id == citation.section.id]
    if not texts:
        yield f"[{citation.n}] cites section {citation.section.id}, which {citation.version} does not have"
    elif not 0 <= citation.start < citation.end <= len(texts[0]):
        yield f"[{citation.n}] cites characters {citation.start} to {citation.end} of {len(texts[0])}"
    elif texts[0][citation.start : citation.end] != citation.quote:
        yield f"[{citation.n}] quotes {citation.quote[:60]!r}, held is {texts[0][citation.start : citation.end][:60]!r}"


def _moved_is_equal(citation: Citation, document: Document) -> bool:
    text = next(section.text for section in document.sections if section.id == citation.section.id)
    return text[citation.start + 1 : citation.end + 1] == citation.quote


def _report(tally: Tally, asked: int, about: str) -> str:
    rows = [
        _row("citations whose quote equals the stored characters", tally.exact, tally.citations),
        _row("claims whose text is its quotes", tally.made_of_quotes, tally.claims),
        _row("control: the same citations moved by one character", tally.moved, tally.citations),
    ]
    statuses = ", ".join(f"{name} {count}" for name, count in sorted(tally.statuses.items()))
    return "\n\n".join(
        (
            "### Quotes against the store",
            f"{asked:,} questions asked, {tally.answers:,} answers ({statuses}); {about}.",
            table(("compared", "n", "equal", "share (95 %)"), rows),
            conditions("onnxruntime"),
        )
    )


def _row(name: str, equal: int, n: int) -> tuple[object, ...]:
    return name, f"{n:,}", f"{equal:,}", wilson(equal, n).show(2, percent=True) if n else "none"


if __name__ == "__main__":
    typer.run(measure)
