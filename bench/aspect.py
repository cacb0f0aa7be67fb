"""Prints how often the first aspect of a question leads to the label section that answers it.

Two sets of real questions with the section that a person found the answer in: MedicationQA (consumers)
and FDARx (written from labels). The comparison is a guesser that always says the commonest section.

    python -m bench.aspect ../shared/data [--wrong]
"""

import json
import sys
import tempfile
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from qa.aspect import Scored
from qa.aspects import aspects_of
from qa.drug_names import export, read
from qa.drugs import DrugLexicon
from qa.label_sections import weight
from qa.label_slots import Slot, slots

PRIMARY = 0.75


@dataclass(frozen=True, slots=True)
class Case:
    """A question and the sections, as (code, number, heading), that answer it."""

    question: str
    sections: tuple[tuple[str, str, tuple[str, ...]], ...]


def medicationqa(data: Path) -> list[Case]:
    """Return the questions whose gold section is one of a label's (not "NA" or a search page)."""
    cases = []
    for line in (data / "gold/medicationqa.jsonl").read_text().splitlines():
        row = json.loads(line)
        titles = [part.strip() for part in row["section_title"].replace(" / ", ">").split(";")]
        places = tuple(("", "", tuple(p.strip() for p in title.split(">"))) for title in titles)
        if any(slots(*place) for place in places):
            cases.append(Case(row["question"], places))
    return cases


def fdarx(data: Path) -> list[Case]:
    """Return the answerable questions with their gold sections."""
    held = [json.loads(line) for line in (data / "labels/fdarx_sections.jsonl").read_text().splitlines()]
    by_id = {row["id"]: row for row in held}
    cases = []
    for line in (data / "gold/fdarx.jsonl").read_text().splitlines():
        row = json.loads(line)
        reference = row["section_reference"]
        references = [reference] if isinstance(reference, str) else reference
        places = [("", "", (title,)) for title in references]
        for identity in row["relevant"]:
            found = by_id[identity]
            places.append((found["loinc"], found["section_number"] or "", (found["section_title"],)))
        known = tuple(place for place in places if slots(*place))
        if known:
            cases.append(Case(row["question"], known))
    return cases


def leads(aspects: tuple[Scored, ...], case: Case, floor: float, first: int) -> bool:
    """Return whether one of the first aspects gives one of the gold sections at least this weight."""
    return any(weight(a.aspect, *place) >= floor for a in aspects[:first] for place in case.sections)


def main() -> None:
    """Print the table, and with --wrong the questions whose aspect led elsewhere."""
    data = Path(sys.argv[1])
    with tempfile.TemporaryDirectory() as folder:
        names = read(export(Path(folder)))
    held = [json.loads(line)["drug"] for line in (data / "labels/medicationqa_passages.jsonl").read_text().splitlines()]
    held += [json.loads(line)["drug"] for line in (data / "labels/fdarx_sections.jsonl").read_text().splitlines()]
    lexicon = DrugLexicon([([name], []) for name in held], names)
    for title, cases in (("MedicationQA", medicationqa(data)), ("FDARx", fdarx(data))):
        read_as = [(case, aspects_of(case.question, lexicon.find(case.question))) for case in cases]
        common: Counter[Slot] = Counter(slots(*case.sections[0])[0] for case in cases)
        slot, times = common.most_common(1)[0]
        print(f"{title}: n={len(cases)}")
        print(f"  always {slot.value!r}: {times / len(cases):.3f}")
        for floor, what in ((PRIMARY, "among its first sections"), (0.001, "among its sections")):
            for first in (1, 2):
                right = sum(leads(aspects, case, floor, first) for case, aspects in read_as)
                print(f"  gold section {what}, first {first} aspect(s): {right / len(cases):.3f}")
        if "--wrong" in sys.argv:
            for case, aspects in read_as:
                if not leads(aspects, case, PRIMARY, 1):
                    places = " ; ".join(" > ".join(place[2]) for place in case.sections)
                    print("   ", case.question, "|", [f"{a.aspect.value} {a.score}" for a in aspects], "|", places)


if __name__ == "__main__":
    main()
