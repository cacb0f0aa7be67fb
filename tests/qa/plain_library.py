"""A small library with texts for patients: section 17 and a guide, Drug Facts, a guideline's lay summary."""

import json
from datetime import date
from pathlib import Path

from corpus.store import Store
from index.publish import publish
from ingest import pipeline
from ingest.splitter import EncoderSplitter
from qa.drug_names import FILE_NAME, FORMAT
from tests.qa.small_library import BagEncoder

FRONT = """---
key: {key}
kind: {kind}
title: "{title}"
body: {body}
year: 2024
licence: CC0-1.0
{drugs}---

"""
ZELOMAB = """## Boxed Warning: Stroke <!-- loinc: 34066-1 -->

Zelomab raises the risk of stroke.

## 1 Indications and Usage <!-- loinc: 34067-9 -->

Zelomab is indicated for severe asthma in adults.

## 4 Contraindications <!-- loinc: 34070-3 -->

Zelomab is contraindicated in hypocalcemia.

## 6 Adverse Reactions <!-- loinc: 34084-4 -->

The most common adverse reactions to zelomab were headache and rash.

## 17 Patient Counseling Information <!-- loinc: 34076-0 -->

Tell patients to seek care at once for signs of stroke.

## Medication Guide <!-- loinc: 42231-1 -->

What is zelomab?

Zelomab is a medicine for grown-ups whose asthma is severe.

Who should not take zelomab?

Do not take zelomab if you:

- have low calcium in your blood
- are allergic to zelomab

What are the possible side effects of zelomab?

Zelomab may give you a headache.
Call your doctor if you are pregnant and get a rash from zelomab.
"""
ORDAZINE = """## Active ingredient <!-- loinc: 55106-9 -->

Ordazine 5 mg

## Uses <!-- loinc: 34067-9 -->

For the relief of a runny nose.

## Do not use <!-- loinc: 50570-1 -->

Do not use ordazine to make a child sleepy.

## Inactive ingredients <!-- loinc: 51727-6 -->

Ordazine tablets hold starch.
"""
VELATIDE = """## 1 Indications and Usage <!-- loinc: 34067-9 -->

Velatide is indicated for gout.
"""
ZELORDAZ = """## 1 Indications and Usage <!-- loinc: 34067-9 -->

Zelordaz is indicated for asthma with a runny nose.

## Medication Guide <!-- loinc: 42231-1 -->

ZELORDAZ (ZEE-lor-daz)

What is Zelordaz?

Zelordaz is a medicine with zelomab and ordazine for asthma and runny noses.

How should I store Zelordaz?

Keep Zelordaz, which holds zelomab and ordazine, in a dry place.
"""
GUIDELINE = """## Recommendations

The society recommends velatide for people with gout and kidney stones.

## Plain Language Summary

Gout flares hurt, and velatide keeps gout flares away.

## Patients

Patients with gout flares were asked about velatide and gout flares.
"""


def document(key: str, title: str, body: str, text: str, *drugs: str) -> str:
    """Return the text of a Markdown file; the kind is what stands before the colon of the key."""
    named = f"drugs: [{', '.join(drugs)}]\n" if drugs else ""
    front = FRONT.format(key=key, kind=key.partition(":")[0], title=title, body=body, drugs=named)
    return front + text


DOCUMENTS = {
    "zelomab": document("label:zelomab", "Zelo (zelomab)", "Zelo Works", ZELOMAB, "zelomab"),
    "ordazine": document("label:ordazine", "Ordaz (ordazine)", "Ordaz Works", ORDAZINE, "ordazine"),
    "velatide": document("label:velatide", "Velat (velatide)", "Velat Works", VELATIDE, "velatide"),
    "zelordaz": document("label:zelordaz", "Zelordaz", "Zelo Works", ZELORDAZ, "zelomab", "ordazine"),
    "guideline": document("guideline:gout", "Care of gout", "Gout Society", GUIDELINE),
}


def build_plain(home: Path) -> Path:
    """Return the data folder with a published snapshot of the five documents."""
    names = {name: [name] for name in ("zelomab", "ordazine", "velatide")}
    body = {"format": FORMAT, "source": "a test", "names": names, "shown": {}, "starts": {}}
    (home / "models").mkdir(parents=True)
    (home / "in").mkdir()
    (home / "models" / FILE_NAME).write_text(json.dumps(body), encoding="utf-8")
    for name, text in DOCUMENTS.items():
        (home / "in" / f"{name}.md").write_text(text, encoding="utf-8")
    encoder = BagEncoder()
    with Store.open(home) as store:
        report = pipeline.ingest([home / "in"], store, EncoderSplitter(encoder), retrieved=date(2026, 11, 23))
        assert report.read == len(DOCUMENTS), report
        publish(home, store.current_split(), encoder, corpus_fingerprint=store.fingerprint())
    return home
