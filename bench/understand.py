"""Prints how long it takes to understand a question, and to load the dictionary of drug names in a fresh process.

The questions are those of the gold sets; each third one is asked as a follow-up of the two before it.

    python -m bench.understand ../shared/data
"""

import json
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from qa.drug_names import export, read
from qa.drugs import DrugLexicon
from qa.followups.turn import Turn
from qa.intent import Intent
from qa.understand import understand

_LOAD = """
import sys, time
started = time.perf_counter()
from pathlib import Path
from qa.drug_names import read
from qa.drugs import DrugLexicon
from qa.understand import understand
imported = time.perf_counter()
lexicon = DrugLexicon([(["romosozumab"], ["Evenity"])], read(Path(sys.argv[1])))
loaded = time.perf_counter()
understand("What is the dose of Evenity?", (), lexicon)
print((imported - started) * 1000, (loaded - imported) * 1000, (time.perf_counter() - loaded) * 1000)
"""


def questions(data: Path) -> list[str]:
    """Return the gold questions about medicine, and the conversations about anything."""
    found = []
    for name in ("medicationqa", "fdarx", "pubmedqa", "expertqa_medical_val", "kqa"):
        for line in (data / f"gold/{name}.jsonl").read_text().splitlines():
            row = json.loads(line)
            found.append(row.get("question") or row["Question"])
    for line in (data / "gold/cast_followups.jsonl").read_text().splitlines():
        found += [turn["utterance"] for turn in json.loads(line)["turns"]]
    return found


def main() -> None:
    """Print both times, and how the intents are spread."""
    data = Path(sys.argv[1])
    with tempfile.TemporaryDirectory() as folder:
        path = export(Path(folder))
        print(f"dictionary: {path.stat().st_size / 1e6:.1f} MB, {len(read(path).bases):,} names")
        cold = [
            [float(part) for part in subprocess.check_output([sys.executable, "-c", _LOAD, str(path)]).split()]
            for _ in range(5)
        ]
        medians = [statistics.median(column) for column in zip(*cold, strict=True)]
        imported, loaded, first = medians
        print(f"fresh process (n=5, median): import {imported:.0f}, load {loaded:.0f}, first question {first:.1f} ms")
        names = read(path)
    drugs = [
        json.loads(line)["drug"] for line in (data / "labels/medicationqa_passages.jsonl").read_text().splitlines()
    ]
    drugs += [json.loads(line)["drug"] for line in (data / "labels/fdarx_sections.jsonl").read_text().splitlines()]
    lexicon = DrugLexicon([([drug], []) for drug in drugs], names)
    asked = questions(data)
    times: list[float] = []
    intents: list[Intent] = []
    history: list[Turn] = []
    for number, question in enumerate(asked):
        if number % 3 == 0:
            history = []
        started = time.perf_counter()
        understood = understand(question, history, lexicon)
        times.append((time.perf_counter() - started) * 1000)
        history.append(understood.as_turn())
        intents.append(understood.intent)
    times.sort()
    p50, p95 = times[len(times) // 2], times[int(len(times) * 0.95)]
    print(f"understand: n={len(times)}, p50 {p50:.2f} ms, p95 {p95:.2f} ms, longest {times[-1]:.2f} ms")
    print("intents:", ", ".join(f"{intent.value} {intents.count(intent)}" for intent in Intent))


if __name__ == "__main__":
    main()
