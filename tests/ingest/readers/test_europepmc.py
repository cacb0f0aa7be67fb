"""Europe PMC's JSON: preprints and records with an abstract, their signs, standings, and what is refused."""

import json
from typing import Any

import pytest

from corpus.document import Document, Integrity, SourceKind
from corpus.errors import UnreadableFile
from ingest.readers.base import PartlyUnreadable, RawFile
from ingest.readers.europepmc import read, sniff
from tests.ingest.readers.contract import check_document
from tests.replay.europepmc import preprint


def raw(*records: object) -> RawFile:
    said = {"version": "6.9", "hitCount": len(records), "resultList": {"result": list(records)}}
    return RawFile("answer.json", json.dumps(said).encode())


def document(abstract: str = "Bones were weighed.", **other: object) -> Document:
    (found,) = read(raw(preprint(1, "Weighing bones.", abstract) | other))
    check_document(found)
    return found


def test_an_answer_is_told_by_its_keys() -> None:
    assert sniff(raw())
    assert not sniff(RawFile("x", b'{"meta": {}, "results": []}'))
    assert not sniff(RawFile("x", b'["hitCount", "resultList"]'))


def test_a_preprint_says_that_it_is_one() -> None:
    found = document()
    assert (found.key, found.kind, found.title) == ("doi:10.1101/2020.01.01", SourceKind.RESEARCH, "Weighing bones.")
    assert (found.design, found.publication_types, found.body) == ("Preprint", ("Preprint",), "medRxiv")
    assert (found.effective, found.year, found.version) == ("2020-01-09", 2020, "1")
    assert (found.authors, found.url) == (("Weigh A",), "https://europepmc.org/article/PPR/PPR1")
    assert found.licence == "CC BY; record from Europe PMC"


def test_without_types_a_preprint_is_still_one() -> None:
    found = document(pubTypeList={"pubType": []})
    assert (found.design, found.publication_types) == ("Preprint", ("Preprint",))


def test_parts_stand_under_their_headings() -> None:
    found = document("Before.<h4>Methods: </h4>Weighed <i>in vitro</i>.<h4>Results</h4><p>Heavy.</p>")
    assert [(section.heading, section.text) for section in found.sections] == [
        (("Abstract",), "Before."), (("Abstract", "Methods"), "Weighed in vitro."), (("Abstract", "Results"), "Heavy.")
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("written", "text"),
    [
        ("Heavier (p<0.05, x<y and a < b).", "Heavier (p<0.05, x<y and a < b)."),
        ("T-score &lt; -2.5 &amp; lower", "T-score < -2.5 & lower"),
        ("Weighed <b>twice</b>.<br/>Then again.", "Weighed twice. Then again."),
    ],
)
def test_signs_are_kept_and_markup_is_not(written: str, text: str) -> None:
    assert document(written).sections[0].text == text


@pytest.mark.parametrize(
    ("given", "key"),
    [
        ({"pmid": "77", "pmcid": "PMC7"}, "pmid:77"),
        ({"pmcid": "PMC7"}, "pmcid:PMC7"),
        ({"doi": None}, "europepmc:PPR:PPR1"),
    ],
)
def test_the_key_is_that_of_the_same_publication_elsewhere(given: dict[str, Any], key: str) -> None:
    assert document(**given).key == key


@pytest.mark.parametrize(
    ("kind", "state"),
    [
        ("Retraction in", Integrity.RETRACTED),
        ("Expression of concern in", Integrity.CONCERN),
        ("Erratum in", Integrity.CORRECTED),
        ("Corrected and republished in", Integrity.SUPERSEDED),
        ("Comment in", Integrity.CURRENT),
        ("Retraction of", Integrity.CURRENT),
    ],
)
def test_a_link_tells_the_standing_of_its_own_record(kind: str, state: Integrity) -> None:
    links = {"commentCorrection": [{"id": "9", "source": "MED", "type": kind, "reference": "Bone 2021"}]}
    found = document(commentCorrectionList=links)
    assert found.integrity is state
    assert found.notice == ("" if state is Integrity.CURRENT else f"{kind}: Bone 2021")


@pytest.mark.parametrize(
    ("kind", "state"),
    [
        ("Retracted Publication", Integrity.RETRACTED),
        ("Retraction of Publication", Integrity.CURRENT),
        ("Preprint withdrawal", Integrity.WITHDRAWN),
        ("Published Erratum", Integrity.CURRENT),
    ],
)
def test_a_publication_type_tells_the_standing(kind: str, state: Integrity) -> None:
    assert document(pubTypeList={"pubType": [kind]}).integrity is state


def test_records_without_an_abstract_are_told_of_beside_the_others() -> None:
    with pytest.raises(PartlyUnreadable, match="record 2, PPR:PPR2: it has no abstract") as partly:
        read(raw(preprint(1, "Bones.", "Weighed."), preprint(2, "Teeth.", "")))
    assert [one.title for one in partly.value.documents] == ["Bones."]


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (raw().data, "it holds no record"),
        (raw(preprint(1, "Bones.", "")).data, "resultType=core"),
        (raw({"source": "PPR"}).data, "record 1: id"),
        (raw({"id": "a/b", "source": "PPR"}).data, "record 1: id"),
        (b'{"hitCount": 1, "resultList": {"result": 5}}', "without a list"),
        (b'{"hitCount": 1, "resultList": {', "not JSON to its end"),
    ],
)
def test_what_holds_no_text_is_refused(data: bytes, why: str) -> None:
    with pytest.raises(UnreadableFile, match=why):
        read(RawFile("x.json", data))
