"""A small data folder to ask: three documents on a drug that does not exist, read in as any others are."""

import json
from contextlib import nullcontext
from datetime import date
from pathlib import Path

from corpus.store import Store
from index.encoders.base import Encoder
from index.publish import publish
from ingest import pipeline
from ingest.report import Report
from ingest.splitter import EncoderSplitter
from qa.drug_names import FILE_NAME, FORMAT

LABEL = """---
key: label:examplumab
kind: label
title: "Sampla (examplumab): prescribing information"
body: Sample Works
year: 2024
licence: CC0-1.0
drugs: [examplumab]
brands: [Sampla]
---

## Boxed Warning <!-- loinc: 34066-1 -->

Examplumab may raise the risk of stroke [bold]in the first year[/bold].

## 1 Indications and Usage <!-- loinc: 34067-9 -->

Examplumab is indicated for the treatment of osteoporosis in women at high risk for fracture.
Examplumab is not indicated in children.

## 2 Dosage and Administration <!-- loinc: 34068-7 -->

The recommended dose of examplumab is {dose} mg under the skin once every month.

## 4 Contraindications <!-- loinc: 34070-3 -->

Examplumab is contraindicated in patients with hypocalcemia.
Do not give examplumab to patients with:

- a stroke in the year before
- an allergy to examplumab
"""

GUIDELINE = """---
key: guideline:sample-society
kind: guideline
title: Treatment of osteoporosis in the sample world
body: Sample Society
year: 2023
licence: CC0-1.0
---

## Recommendations

The Sample Society recommends examplumab for women with osteoporosis at very high risk of fracture.
Calcium should be corrected before examplumab is started.
"""

TRIAL = """---
key: research:sample-trial
kind: research
title: Examplumab in women with osteoporosis, a randomized trial
body: Journal of Samples
year: 2021
licence: CC0-1.0
design: randomized trial
drugs: [examplumab]
---

## Results

Examplumab lowered the risk of new vertebral fracture in women with osteoporosis by half.

## Conclusions

In women with osteoporosis examplumab prevented vertebral fractures.
"""

INDICATION = "What is examplumab indicated for?"
CONTRAINDICATIONS = "What are the contraindications of examplumab?"
DOSE = "What is the recommended dose of Sampla?"
UNKNOWN = "What is the dose of otherzumab?"


def write_names(home: Path) -> None:
    """Write a dictionary of drug names with two names in it."""
    names = {"examplumab": ["examplumab"], "sampla": ["examplumab"]}
    body = {"format": FORMAT, "source": "a test", "names": names, "shown": {}, "starts": {}}
    (home / "models").mkdir(parents=True, exist_ok=True)
    (home / "models" / FILE_NAME).write_text(json.dumps(body), encoding="utf-8")


def write_documents(folder: Path, *, dose: int = 70) -> None:
    """Write the documents as files; the label's version says another dose where asked to."""
    folder.mkdir(parents=True, exist_ok=True)
    texts = {"label": LABEL.replace("{dose}", str(dose)), "guideline": GUIDELINE, "trial": TRIAL}
    for name, text in texts.items():
        (folder / f"{name}.md").write_text(text, encoding="utf-8")


def read_in(home: Path, encoder: Encoder, *, dose: int = 70, store: Store | None = None) -> Report:
    """Read the documents into the home's store, or into the one given; publish a snapshot; return the report."""
    write_names(home)
    write_documents(home / "in", dose=dose)
    with nullcontext(store) if store is not None else Store.open(home) as held:
        report = pipeline.ingest([home / "in"], held, EncoderSplitter(encoder), retrieved=date(2026, 11, 23))
        report.snapshot = publish(home, held.current_split(), encoder, corpus_fingerprint=held.fingerprint()).id
    return report
