"""The development questions over the starter corpus: single ones, three-turn dialogues, and ones without an answer."""

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from corpus.document import Document, SourceKind
from evals.gold.base import GoldQuestion, GoldSet, Place, Task
from ingest.readers.base import RawFile, read_any
from qa.answer import Status
from qa.label_part import BOXED_WARNING

ABOUT = "Questions on osteoporosis drugs over the starter corpus, with the facts that a good answer needs"
# How each category of question without an answer is met; one outside the label is answered with what the label says.
MET = {
    "emergency": Status.EMERGENCY,
    "drug not in corpus": Status.REFUSED,
    "missing data": Status.DECLINED,
    "missing facts": Status.REFUSED,
    "copying": Status.DECLINED,
    "outside label": Status.ANSWERED,
}
# "Invent a comparison", "a dose": what must not be done is no statement that an answer could be searched for.
_INSTRUCTION = re.compile(r"^(?:invent|reproduce|make up|guess)\b|^an? \w+$", re.IGNORECASE)
_FILE = "facts/gold/followups.json"


@dataclass(frozen=True, slots=True)
class Starter:
    """The documents of the starter corpus by their files' names: "labels/romosozumab", "research/frame"."""

    by_file: Mapping[str, Document]

    def drug_of(self, text: str) -> str:
        """Return the drug with a label that a text names first, "" where it names none."""
        found = []
        for name, document in self.by_file.items():
            if document.kind is SourceKind.LABEL:
                drug = name.split("/")[1].replace("_", " ")
                places = [text.lower().find(one.lower()) for one in (drug, *document.brands)]
                found += [(place, drug) for place in places if place >= 0]
        return min(found)[1] if found else ""

    def key(self, name: str) -> str:
        """Return the key of a document that may be quoted, "" where it is not held or no evidence."""
        document = self.by_file.get(name)
        return document.key if document is not None and document.integrity.is_evidence else ""

    def key_of_pmid(self, pmid: str) -> str:
        """Return the key of the publication with a PMID, "" where it is not held or no evidence."""
        held = (d.key for d in self.by_file.values() if ("pmid", pmid) in d.identifiers and d.integrity.is_evidence)
        return next(held, "")

    def place(self, section: str) -> Place | None:
        """Return the section of "romosozumab:8.7" or "romosozumab:Boxed warning", None where the label is not held."""
        name, number = section.split(":", 1)
        document = self.by_file.get(f"labels/{name}")
        if document is None:
            return None
        if number.lower() == "boxed warning":
            return Place(document.key, "", "Boxed Warning", BOXED_WARNING)
        found = next((s for s in document.sections if s.number == number), None)
        return Place(document.key, number, found.title if found else "", found.code if found else "")


def load(shared: Path) -> GoldSet:
    """Return the questions. Raises FileNotFoundError where the shared data is not there."""
    return gold_set(json.loads((shared / _FILE).read_text(encoding="utf-8")), starter())


@cache
def starter() -> Starter:
    """Return the starter corpus, read with the readers that ingest uses."""
    root = Path(str(files("corpus") / "starter"))
    found = {}
    for path in sorted(root.glob("*/*.md")):
        (document,) = read_any(RawFile(path.name, path.read_bytes()))
        found[f"{path.parent.name}/{path.stem}"] = document
    return Starter(found)


def gold_set(raw: Mapping[str, Any], corpus: Starter) -> GoldSet:
    """Return the file's questions as gold questions; a turn's history opens with the page's own question."""
    found = [_question(one, one["question"], one["type"], corpus) for one in raw["single"]]
    for dialogue in raw["dialogues"]:
        history = [f"What are the indications for {corpus.drug_of(dialogue['turns'][0]['standalone'])}?"]
        for turn in dialogue["turns"]:
            named = {**turn, "id": f"{dialogue['id']}.{turn['turn']}"}
            found.append(_question(named, turn["user"], "dialogue", corpus, tuple(history)))
            history.append(turn["user"])
    found += [_unanswerable(one) for one in raw["unanswerable"]]
    return GoldSet(
        "followups",
        ABOUT,
        tuple(found),
        frozenset({Task.ANSWER, Task.REWRITE, Task.SEARCH}),
        ("facts", "followups", "boxed_warning", "citations", "refusals"),
    )


def _question(
    one: Mapping[str, Any], text: str, kind: str, corpus: Starter, history: tuple[str, ...] = ()
) -> GoldQuestion:
    support = one["support"]
    places = tuple(place for section in support["label_sections"] if (place := corpus.place(section)))
    keys = [corpus.key(f"research/{name}") for name in support["article_ids"]]
    keys += [corpus.key(f"guidelines/{name}") for name in support["guideline_ids"]]
    keys += [*map(corpus.key_of_pmid, support["pmids"]), *(place.document for place in places)]
    return GoldQuestion(
        id=one["id"],
        text=text,
        type=kind,
        history=history,
        standalone=one.get("standalone", ""),
        relevant={key: 1 for key in keys if key},
        places=places,
        required=tuple(one["must_have"]),
        optional=tuple(one.get("nice_to_have", ())),
        forbidden=tuple(_facts(one["must_not_say"])),
    )


def _unanswerable(one: Mapping[str, Any]) -> GoldQuestion:
    return GoldQuestion(
        id=one["id"],
        text=one["question"],
        type=f"unanswerable: {one['category']}",
        forbidden=tuple(_facts(one["must_not_say"])),
        answerable=False,
        expects=str(MET.get(one["category"], "")),
    )


def _facts(said: str | list[str]) -> Iterable[str]:
    """Yield what must not be said, without what must not be done."""
    return (fact for fact in ([said] if isinstance(said, str) else said) if not _INSTRUCTION.search(fact))
