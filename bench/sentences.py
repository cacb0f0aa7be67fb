"""Sentence splitters side by side: boundary F1 on SciFact and on label prose, and speed. `python -m bench.sentences`.

Boundary F1: a boundary is the character where a sentence other than the first begins; true where the
gold text has one at the same character; precision, recall and F1 over all boundaries together, 0 to 1.
"""

import json
import lzma
import re
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ingest.sentences import split_sentences

SCIFACT = Path(__file__).resolve().parents[2] / "shared/data/scifact/corpus.jsonl.xz"
LABELS = Path(__file__).with_name("label_sentences.txt")
SEED = 20261123
Rows = NDArray[np.int64]
Split = Callable[[str], Sequence[int]]


@dataclass(frozen=True, slots=True)
class Text:
    """A text and the characters where its sentences begin, the first one's left out."""

    text: str
    starts: frozenset[int]
    leaders: bool = False


@dataclass(frozen=True, slots=True)
class Counts:
    """Per text: boundaries found and true, found in all, true in all; and megabytes read a second."""

    hits: Rows
    found: Rows
    true: Rows
    mb_per_s: float

    def f1(self, rows: Rows) -> float:
        """Return F1 over the boundaries of these rows."""
        return float(2 * self.hits[rows].sum() / (self.found[rows].sum() + self.true[rows].sum()))

    def interval(self, rows: Rows) -> tuple[float, float]:
        """Return the 95 % bootstrap interval of F1, texts drawn with replacement 1,000 times."""
        draw = np.random.default_rng(SEED)
        scores = [self.f1(draw.choice(rows, len(rows))) for _ in range(1000)]
        low, high = np.percentile(scores, [2.5, 97.5])
        return float(low), float(high)


def scifact() -> list[Text]:
    """Return the abstracts, sentences joined by one space; `leaders` marks tables of contents full of dots."""
    texts = []
    with lzma.open(SCIFACT, "rt", encoding="utf-8") as lines:
        for line in lines:
            sentences = json.loads(line)["sentences"]
            ends = np.cumsum([len(sentence) + 1 for sentence in sentences])
            starts = frozenset(int(end) for end in ends[:-1])
            texts.append(Text(" ".join(sentences), starts, leaders=sum(s == "." for s in sentences) > 20))
    return texts


def labels() -> list[Text]:
    """Return the label snippets of `label_sentences.txt`."""
    texts = []
    for line in LABELS.read_text(encoding="utf-8").splitlines():
        if line.startswith("#"):
            continue
        text, starts = "", []
        for piece in re.split("(‖+)", line):
            if piece.startswith("‖"):
                text += " " if piece == "‖" else ""
                starts.append(len(text))
            else:
                text += piece
        texts.append(Text(text, frozenset(starts)))
    return texts


def candidates(training: Sequence[str]) -> dict[str, Split]:
    """Return the splitters that are installed, by name; Punkt is also trained, on `training`."""
    found: dict[str, Split] = {
        "own rules": lambda text: [start for start, _ in split_sentences(text)],
        "one regular expression": _plain,
    }
    for name, build in (("syntok", _syntok), ("pysbd", _pysbd), ("spacy", _spacy), ("blingfire", _blingfire)):
        try:
            found[name] = build()
        except ModuleNotFoundError:
            print(f"{name}: not installed")
    try:
        punkt = import_module("nltk.tokenize.punkt").PunktSentenceTokenizer
    except ModuleNotFoundError:
        print("nltk: not installed")
        return found
    found["nltk Punkt, untrained"] = _punkt(punkt())
    found["nltk Punkt, trained here"] = _punkt(punkt("\n".join(training)))
    return found


def measure(split: Split, texts: Sequence[Text]) -> Counts:
    """Return the splitter's counts over the texts."""
    rows = []
    spent = 0.0
    for item in texts:
        began = time.perf_counter()
        starts = split(item.text)
        spent += time.perf_counter() - began
        found = {start + len(item.text[start:]) - len(item.text[start:].lstrip()) for start in starts if start}
        rows.append((len(found & item.starts), len(found), len(item.starts)))
    hits, found_, true = np.array(rows).T
    return Counts(hits, found_, true, sum(len(item.text.encode()) for item in texts) / 1e6 / spent)


def main() -> None:
    """Print the table of `docs/sentences.md`."""
    texts, snippets = scifact(), labels()
    every = np.arange(len(texts))
    clean = np.array([row for row, item in enumerate(texts) if not item.leaders])
    parts = {"developed on": clean[clean % 2 == 0], "held out": clean[clean % 2 == 1], "both": clean, "all": every}
    for name, rows in parts.items():
        print(f"{name}: {len(rows):,} abstracts, {sum(len(texts[row].starts) for row in rows):,} boundaries")
    print(f"label prose: {len(snippets)} snippets, {sum(len(item.starts) for item in snippets)} boundaries\n")
    print(f"| splitter | {' | '.join(parts)} | held out, 95 % | label prose | MB/s |\n|---|{'---|' * (len(parts) + 3)}")
    for name, split in candidates([item.text for item in texts[::2]]).items():
        counts, on_labels = measure(split, texts), measure(split, snippets)
        low, high = counts.interval(parts["held out"])
        scores = " | ".join(f"{counts.f1(rows):.4f}" for rows in parts.values())
        label_f1 = on_labels.f1(np.arange(len(snippets)))
        print(f"| {name} | {scores} | {low:.4f}–{high:.4f} | {label_f1:.3f} | {counts.mb_per_s:.2f} |", flush=True)


def _plain(text: str) -> list[int]:
    return [match.end() for match in re.finditer(r"[.!?][\"')\]]*\s+(?=[\"'(\[]*[A-Z0-9])", text)]


def _punkt(tokenizer: Any) -> Split:
    return lambda text: [start for start, _ in tokenizer.span_tokenize(text)]


def _syntok() -> Split:
    analyze = import_module("syntok.segmenter").analyze
    return lambda text: [sentence[0].offset for paragraph in analyze(text) for sentence in paragraph]


def _pysbd() -> Split:
    segmenter = import_module("pysbd").Segmenter(language="en", clean=False, char_span=True)
    return lambda text: [span.start for span in segmenter.segment(text)]


def _spacy() -> Split:
    model = import_module("spacy").blank("en")
    model.add_pipe("sentencizer")
    return lambda text: [sentence.start_char for sentence in model(text).sents]


def _blingfire() -> Split:
    analyze = import_module("blingfire").text_to_sentences_and_offsets
    return lambda text: [start for start, _ in analyze(text)[1]]


if __name__ == "__main__":
    main()
