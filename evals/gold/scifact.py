"""SciFact: claims, the abstracts that they cite, and the sentences that people marked as bearing on them."""

import json
import lzma
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

from evals import corpora
from evals.gold.base import GoldQuestion, GoldSet, Task


def load(shared: Path) -> GoldSet:
    """Return all training claims: each has documents that it cites, and many have marked sentences in them."""
    data = shared / "data"
    return GoldSet(
        name="scifact",
        about="SciFact's 809 training claims over its 5,183 abstracts (Wadden et al. 2020).",
        questions=tuple(map(_question, _claims(data))),
        tasks=frozenset({Task.SEARCH, Task.RATIONALE}),
        measures=("retrieval", "rationale"),
        documents=partial(corpora.scifact, data),
    )


def abstracts(shared: Path) -> dict[str, tuple[str, tuple[str, ...]]]:
    """Return by document key each abstract's title and its sentences, cut as they were when people marked them."""
    found = {}
    with lzma.open(shared / "data/scifact/corpus.jsonl.xz", "rt", encoding="utf-8") as lines:
        for row in map(json.loads, lines):
            found[_key(row["id"])] = (str(row["title"]), tuple(map(str, row["sentences"])))
    return found


def _question(row: dict[str, Any]) -> GoldQuestion:
    marked: dict[str, set[int]] = {}
    for one in row["evidence"]:
        marked.setdefault(_key(one["doc"]), set()).update(map(int, one["sentences"]))
    labels = sorted({str(one["label"]) for one in row["evidence"]})
    return GoldQuestion(
        id=str(row["id"]),
        text=str(row["claim"]),
        type=" and ".join(labels).lower() or "no evidence",
        relevant={_key(one): 1 for one in row["cited"]},
        rationale={key: tuple(sorted(numbers)) for key, numbers in marked.items()},
    )


def _claims(data: Path) -> Iterator[dict[str, Any]]:
    for line in (data / "scifact/claims_train.jsonl").read_text(encoding="utf-8").splitlines():
        yield json.loads(line)


def _key(number: str) -> str:
    """Return the key under which `evals.corpora` holds an abstract."""
    return f"bench:scifact-{number}"
