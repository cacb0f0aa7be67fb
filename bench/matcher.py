"""Fits the matcher's model to K-QA, writes it, and prints how the matcher agrees with people.

    python -m bench.matcher ../shared [--fit] [--wrong]

The model is written with --fit only. Words are weighed by their inverse document frequency in the shared abstracts
and labels.
"""

import json
import lzma
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from bench.tables import table
from evals.judged import held_back, kqa, notes
from evals.judging import Judgement, judgements
from evals.matcher import FILE, Matcher
from evals.matcher_features import Reader
from evals.matcher_fit import fit, word_weights
from evals.matcher_words import aliases
from index.encoders.base import Encoder
from index.encoders.minilm_onnx import MiniLmOnnx
from index.encoders.models import model_folder


def main(
    shared: Path,
    write: Annotated[bool, typer.Option("--fit", help="Fit the model anew and write it.")] = False,
    wrong: Annotated[bool, typer.Option("--wrong", help="Print the notes that are decided wrongly.")] = False,
    home: Path = Path(".bench"),
) -> None:
    """Print the judgements, and of K-QA's contradictions how many are found."""
    encoder = MiniLmOnnx(model_folder(home))
    if write:
        write_model(shared, encoder)
    print(
        table(
            ("set", "n", "stated", "precision", "recall", "kappa", "people", "trusted"),
            map(_row, judgements(shared, encoder)),
        )
    )
    matcher = Matcher(encoder, known=aliases())
    pairs = kqa(shared)
    found = [one for one in pairs if matcher.contradicts(one.fact, one.text, one.asked)]
    right = sum(one.contradicted for one in found)
    print(f"\nContradictions in K-QA: {right} of {sum(one.contradicted for one in pairs)} found, {len(found)} claimed.")
    for one in [*notes(shared), *held_back()] if wrong else ():
        match = matcher.states(one.fact, one.text, one.asked)
        if match.stated != one.stated:
            print("stated" if one.stated else "not stated", f"{match.score:.2f}", one.fact, "|", match.sentence)


def write_model(shared: Path, encoder: Encoder) -> None:
    """Fit to all of K-QA, and write the model beside the code."""
    words = word_weights(_texts(shared / "data"))
    reader = Reader(encoder, words, aliases())
    pairs = kqa(shared)
    model = fit([reader.features(one.fact, one.text, one.asked) for one in pairs], [one.stated for one in pairs], words)
    FILE.write_text(json.dumps(asdict(model), separators=(",", ":")) + "\n", encoding="utf-8")


def _texts(data: Path) -> Iterator[str]:
    with lzma.open(data / "research/pubmedqa_abstracts.jsonl.xz", "rt", encoding="utf-8") as lines:
        for line in lines:
            yield " ".join(part["text"] for part in json.loads(line)["sections"])
    with (data / "labels/medicationqa_passages.jsonl").open(encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)["text"]


def _row(one: Judgement) -> tuple[str, ...]:
    people = one.people.show() if one.people else ""
    shown = (one.precision.show(), one.recall.show(), one.kappa.show(), people)
    return (one.name, str(one.n), str(one.stated), *shown, "yes" if one.is_trusted else "no")


if __name__ == "__main__":
    typer.run(main)
