"""The guideline digests of the package open-medicine: credited, complete, disputes shown."""

import json
from functools import cache

import pytest

from corpus.document import Document, SourceKind
from corpus.errors import UnreadableFile
from ingest.open_medicine import files
from ingest.readers.base import RawFile, read_any
from ingest.readers.open_medicine import read
from ingest.readers.open_medicine_notes import DISAGREEMENTS


@cache
def digests() -> tuple[Document, ...]:
    return tuple(document for raw in files() for document in read_any(raw))


def test_all_43_digests_are_read_and_credited() -> None:
    assert len(digests()) == 43
    assert digests()[0].key == "guideline:open-medicine-acc_aha_af_2023"
    assert digests()[9].key == "guideline:open-medicine-aha_asa_stroke_2019"
    assert digests()[-1].key == "guideline:open-medicine-aha_endocarditis_2015"
    for document in digests():
        assert document.kind is SourceKind.GUIDELINE
        assert document.licence == "MIT"
        assert document.digest_of.startswith(f"A digest by the open-medicine package (MIT) of {document.title}")
        assert document.version.removeprefix("open-medicine ") in document.digest_of
        assert document.sections


def test_no_markup_and_no_advertisement_is_left_in_the_text() -> None:
    text = "\n".join(section.text for document in digests() for section in document.sections)
    assert not [mark for mark in ("**", "`", "](", "OpenMedicine", "|---") if mark in text]


def test_a_disputed_doi_is_kept_as_stated_with_both_statements_and_without_a_link() -> None:
    disputed = next(d for d in digests() if d.key == "guideline:open-medicine-endocrine_osteoporosis_2020")
    assert disputed.identifiers == (("doi", "10.1210/clinem/dgaa551"),)
    assert disputed.url == ""
    assert "10.1210/clinem/dgaa551" in disputed.notice
    assert "10.1210/clinem/dgaa048" in disputed.notice
    assert [d.key for d in digests() if d.notice] == [disputed.key]


def test_every_known_disagreement_is_about_what_the_package_still_says() -> None:
    entries = {json.loads(raw.data)["entry"]["id"]: raw.data.decode() for raw in files()}
    for known in DISAGREEMENTS:
        stated = known.package_says.partition("(")[2].rstrip(")") or known.package_says
        assert stated in entries[known.guideline]


def test_the_same_package_gives_the_same_bytes() -> None:
    assert [raw.data for raw in files()] == [raw.data for raw in files()]


def bundle(**changed: object) -> RawFile:
    entry = {"id": "x_2020", "title": "X", "doi": "10.1234/x", "year": 2020, "organization": "Y", "sections": ["a"]}
    whole = {"package": "open-medicine", "version": "1", "entry": entry, "files": {"a": "# A\n\nText."}}
    return RawFile("x.json", json.dumps(whole | changed).encode())


def test_a_guideline_that_the_registry_calls_superseded_says_so() -> None:
    entry = json.loads(bundle().data)["entry"] | {"superseded_by": "x_2024"}
    (document,) = read(bundle(entry=entry))
    assert document.integrity.value == "superseded"
    assert "superseded by x_2024" in document.notice


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"files": {}}, "names a section 'a' of x_2020 that has no file"),
        ({"files": {"a": "<!-- open"}}, "x_2020/a.md, line 1: a comment begins here"),
        ({"entry": {"id": "x"}}, "the registry's entry.title"),
        ({"more": 1}, "the registry's more"),
    ],
)
def test_a_bundle_that_is_not_whole_is_refused(changed: dict[str, object], said: str) -> None:
    with pytest.raises(UnreadableFile) as refused:
        read(bundle(**changed))
    assert said in refused.value.reason
