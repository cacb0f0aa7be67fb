"""PubMedQA: questions that were titles of papers, each answered by its own abstract."""

import json
import lzma
from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path

from corpus.document import Document
from evals import corpora
from evals.gold.base import GoldQuestion, GoldSet, Task


def load(shared: Path) -> GoldSet:
    """Return the questions; the one relevant document of each is the abstract that it was the title of."""
    lines = (shared / "data/gold/pubmedqa.jsonl").read_text(encoding="utf-8").splitlines()
    return GoldSet(
        name="pubmedqa",
        about="PubMedQA's 476 expert-labelled questions over 1,000 abstracts without their titles (Jin et al. 2019).",
        questions=tuple(map(_question, lines)),
        tasks=frozenset({Task.SEARCH}),
        measures=("retrieval",),
        documents=partial(_documents, shared / "data"),
    )


def _question(line: str) -> GoldQuestion:
    row = json.loads(line)
    return GoldQuestion(id=str(row["pmid"]), text=str(row["question"]), relevant={f"bench:pubmedqa-{row['pmid']}": 1})


def _documents(data: Path) -> Iterator[Document]:
    """Yield the abstracts with their MeSH headings, as PubMed's records have them."""
    with lzma.open(data / "research/pubmedqa_abstracts.jsonl.xz", "rt", encoding="utf-8") as lines:
        subjects = {f"bench:pubmedqa-{row['pmid']}": tuple(row["mesh"]) for row in map(json.loads, lines)}
    for document in corpora.pubmedqa(data):
        yield replace(document, subjects=subjects[document.key])
