"""Prints how near the standalone forms come to those that people wrote, beside the raw question as the baseline.

Two sets: the project's own dialogues about drugs (with the share of turns whose drugs were carried over
right), and TREC CAsT 2019–2020 (conversations about anything: few name a drug). Where a dialogue opens
without naming its drug ("What is the dose?"), the conversation is taken to have begun on that drug's page.

    python -m bench.conversation ../shared [--show]
"""

import json
import re
import sys
import tempfile
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from qa.drug_names import export, read
from qa.drugs import DrugLexicon
from qa.followups.turn import Turn
from qa.understand import understand

_WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True)
class Row:
    """One turn: as asked, as a person made it stand alone, as the rules did."""

    raw: str
    gold: str
    ours: str


def f1(a: str, b: str) -> float:
    """Return the token F1 of two texts, 0 to 1: words in lower case, repeats counted."""
    left, right = Counter(_WORD.findall(a.lower())), Counter(_WORD.findall(b.lower()))
    shared = (left & right).total()
    return 2 * shared / (left.total() + right.total()) if shared else 0.0


def bases(text: str, lexicon: DrugLexicon) -> frozenset[str]:
    """Return the drugs that a text names."""
    return frozenset(key for mention in lexicon.find(text) for key in mention.bases)


def replay(turns: list[tuple[str, str]], lexicon: DrugLexicon, opening: list[Turn]) -> list[Row]:
    """Return the turns of one conversation with our standalone forms."""
    history, rows = list(opening), []
    for raw, gold in turns:
        understood = understand(raw, history, lexicon)
        history.append(understood.as_turn())
        rows.append(Row(raw, gold, understood.standalone))
    return rows


def mean(values: list[float]) -> float:
    """Return the mean of one value or more."""
    return sum(values) / len(values)


def report(title: str, rows: list[Row], lexicon: DrugLexicon, show: bool) -> None:
    """Print the token F1 of raw and rewritten questions, and how often the drugs are those of the person's form."""
    print(f"{title}: n={len(rows)} turns")
    raw = mean([f1(row.raw, row.gold) for row in rows])
    ours = mean([f1(row.ours, row.gold) for row in rows])
    print(f"  token F1: raw {raw:.3f}, ours {ours:.3f}")
    named = [row for row in rows if bases(row.gold, lexicon)]
    if named:
        raw = mean([bases(row.gold, lexicon) <= bases(row.raw, lexicon) for row in named])
        ours = mean([bases(row.gold, lexicon) <= bases(row.ours, lexicon) for row in named])
        exact = mean([bases(row.gold, lexicon) == bases(row.ours, lexicon) for row in named])
        print(f"  drugs named (n={len(named)}): raw {raw:.3f}, ours {ours:.3f}; exactly those {exact:.3f}")
    gains = [f1(row.ours, row.gold) - f1(row.raw, row.gold) for row in rows]
    nearer, farther = sum(gain > 0 for gain in gains), sum(gain < 0 for gain in gains)
    print(f"  rewritten {sum(row.raw != row.ours for row in rows)}: nearer {nearer}, farther {farther}")
    if show:
        for row, gain in zip(rows, gains, strict=True):
            print(f"   {'+' if gain > 0 else '-' if gain < 0 else ' '} {row.raw} => {row.ours} == {row.gold}")


def main() -> None:
    """Print both tables."""
    shared, show = Path(sys.argv[1]), "--show" in sys.argv
    with tempfile.TemporaryDirectory() as folder:
        names = read(export(Path(folder)))
    labels = [json.loads(path.read_text()) for path in sorted((shared / "facts/labels").glob("*.json"))]
    lexicon = DrugLexicon([([label["generic"]], [label["brand"]]) for label in labels], names)
    rows: list[Row] = []
    for dialogue in json.loads((shared / "facts/gold/followups.json").read_text())["dialogues"]:
        turns = [(turn["user"], turn["standalone"]) for turn in dialogue["turns"]]
        opening: list[Turn] = []
        if not lexicon.find(turns[0][0]) and (drugs := lexicon.find(turns[0][1])):
            opening = [understand(f"Tell me about {drugs[0].surface}", [], lexicon).as_turn()]
        rows += replay(turns, lexicon, opening)
    report("Dialogues about drugs", rows, lexicon, show)
    for year in (2019, 2020):
        rows = []
        for line in (shared / "data/gold/cast_followups.jsonl").read_text().splitlines():
            conversation = json.loads(line)
            if conversation["year"] == year:
                turns = [(turn["utterance"], turn["standalone"]) for turn in conversation["turns"]]
                rows += replay(turns, lexicon, [])
        report(f"TREC CAsT {year}", rows, lexicon, show)


if __name__ == "__main__":
    main()
