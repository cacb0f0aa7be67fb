"""PubMed as a source over real HTTP: what is modified, deleted, watched, and what a record tells of others."""

from datetime import timedelta
from pathlib import Path

import pytest
from pydantic import ValidationError

from ingest.connectors.base import Item, Known
from ingest.connectors.pubmed import Follow, PubMed
from ingest.readers.base import RawFile, read_any
from tests.ingest.connectors.asking_pubmed import SINCE, eutils, fetched, listed, paths
from tests.replay.pubmed import PubMed as StandIn
from tests.replay.pubmed import link, record, recorded
from tests.replay.server import Replay, Reply


def test_only_what_was_modified_since_the_last_run_is_to_be_fetched(
    pubmed_library: StandIn, eutils_server: Replay, tmp_path: Path
) -> None:
    known = Known({str(pmid): f"r{pmid}" for pmid in range(101, 107)}, SINCE)
    pubmed_library.modified = {"103": SINCE, "104": SINCE - timedelta(days=1), "105": SINCE - timedelta(days=30)}
    items = listed(eutils_server, tmp_path, Follow(queries=("bones",)), known)
    assert {item.id for item in items if not item.revision} == {"107", "103", "104"}
    assert {item.id: item.revision for item in items if item.revision} == {
        pmid: f"r{pmid}" for pmid in ("101", "102", "105", "106")
    }
    assert [asked.query["mindate"] for asked in eutils_server.asked if "mindate" in asked.query] == ["2026/11/18"]


def test_before_a_first_whole_run_nothing_is_taken_as_unchanged(eutils_server: Replay, tmp_path: Path) -> None:
    items = listed(eutils_server, tmp_path, Follow(queries=("bones",)), Known({"101": "r"}))
    assert [item.revision for item in items] == [""] * 7


def test_a_pmid_that_is_named_is_listed_once_and_looked_after(
    pubmed_library: StandIn, eutils_server: Replay, tmp_path: Path
) -> None:
    follow = Follow(queries=("bones",), pmids=("101", "201", "999"))
    pubmed_library.modified = {"201": SINCE}
    revisions = dict.fromkeys((*pubmed_library.records, "999"), "r")
    items = listed(eutils_server, tmp_path, follow, Known(revisions, SINCE))
    assert [item.id for item in items][-2:] == ["201", "999"]
    assert len(items) == 9
    assert {item.id for item in items if not item.revision} == {"201", "999"}
    assert paths(eutils_server).count("epost.fcgi") == 1


@pytest.mark.shared
def test_each_record_is_a_file_of_its_own_that_is_read_as_in_the_whole_answer(
    pubmed_library: StandIn, eutils_server: Replay, shared: Path, tmp_path: Path
) -> None:
    whole: dict[str, str] = {}
    for path in sorted((shared / "data/refresh/eutils").glob("pubmed*.xml")):
        pubmed_library.records |= dict(recorded(path.read_bytes()))
        whole |= {made.key: made.content_hash for made in read_any(RawFile(path.name, path.read_bytes()))}
    pmids = [pmid for pmid in pubmed_library.records if len(pmid) > 3]
    got = fetched(eutils_server, tmp_path, *pmids)
    assert paths(eutils_server) == ["efetch.fcgi"]
    assert eutils_server.asked[0].method == "POST"
    for one in got:
        assert one.file is not None
        (document,) = read_any(one.file)
        assert (document.key, one.address) == (f"pmid:{one.id}", f"https://pubmed.ncbi.nlm.nih.gov/{one.id}/")
        assert document.content_hash == whole.pop(document.key)
    assert not whole
    assert len({one.revision for one in got}) == len(pmids) > 5


def test_more_than_two_hundred_are_fetched_in_batches(
    pubmed_library: StandIn, eutils_server: Replay, tmp_path: Path
) -> None:
    pmids = [str(pmid) for pmid in range(1001, 1402)]
    pubmed_library.records = {pmid: record(pmid, "Bones.") for pmid in pmids}
    assert [one.id for one in fetched(eutils_server, tmp_path, *pmids)] == pmids
    assert [asked.query["id"].count(",") + 1 for asked in eutils_server.asked] == [200, 200, 1]


def test_the_revision_tells_of_words_and_not_of_work_on_the_record(
    pubmed_library: StandIn, eutils_server: Replay, tmp_path: Path
) -> None:
    (before,) = fetched(eutils_server, tmp_path, "101")
    untouched = pubmed_library.records["101"]
    pubmed_library.records["101"] = untouched.replace(b"<Year>2020", b"<Year>2026").replace(b'"MEDLINE"', b'"PubMed"')
    (same,) = fetched(eutils_server, tmp_path, "101", run="two")
    pubmed_library.records["101"] = untouched.replace(b"Bones 101", b"Bone 101")
    (other,) = fetched(eutils_server, tmp_path, "101", run="three")
    assert before.revision == same.revision != other.revision
    assert len(before.revision) == 64


def test_of_several_versions_of_a_record_the_highest_counts(
    pubmed_library: StandIn, eutils_server: Replay, tmp_path: Path
) -> None:
    second = record("101", "Second version.").replace(b'<PMID Version="1">', b'<PMID Version="2">')
    pubmed_library.records["101"] = second + pubmed_library.records["101"]
    (one,) = fetched(eutils_server, tmp_path, "101")
    assert one.file is not None
    assert read_any(one.file)[0].title == "Second version."


def test_a_record_that_is_told_of_as_deleted_is_gone(
    pubmed_library: StandIn, eutils_server: Replay, tmp_path: Path
) -> None:
    pubmed_library.withdraw()
    got = {one.id: one for one in fetched(eutils_server, tmp_path, "101", "201")}
    assert (got["201"].gone, got["201"].file, got["201"].reason) == (True, None, "PubMed has no record with PMID 201")
    assert not got["101"].gone
    assert len(eutils_server.asked) == 1


def test_a_record_that_is_missing_is_asked_for_again_before_it_is_gone(
    pubmed_library: StandIn, eutils_server: Replay, tmp_path: Path
) -> None:
    eutils_server.faults = [Reply.xml(b"<PubmedArticleSet>" + pubmed_library.records["102"] + b"</PubmedArticleSet>")]
    assert [one.gone for one in fetched(eutils_server, tmp_path, "101", "102")] == [False, False]
    assert [asked.query["id"] for asked in eutils_server.asked] == ["101,102", "101"]
    del pubmed_library.records["101"]
    assert [one.gone for one in fetched(eutils_server, tmp_path, "101", run="two")] == [True]
    assert [one.gone for one in fetched(eutils_server, tmp_path, "101", run="two")] == [True]
    assert [asked.query["id"] for asked in eutils_server.asked[2:]] == ["101", "101"]


def test_only_what_has_no_record_any_more_is_withdrawn(
    pubmed_library: StandIn, eutils_server: Replay, tmp_path: Path
) -> None:
    pubmed_library.unlisted = {"101"}
    del pubmed_library.records["102"]
    pubmed_library.withdraw()
    with eutils(eutils_server, tmp_path) as asking:
        gone = list(PubMed(Follow(queries=("bones",)), asking).gone(["101", "102", "201", "standing:103"]))
    assert gone == ["102", "201"]


def test_what_is_held_from_elsewhere_gives_its_notices_and_no_file(
    pubmed_library: StandIn, eutils_server: Replay, tmp_path: Path
) -> None:
    pubmed_library.records["301"] = record("301", "Held as full text.", types=("Retracted Publication",), doi="10.1/X")
    known = Known({}, pmids=frozenset({"101", "301", "no number"}))
    follow = Follow(queries=("bones",))
    assert [item.id for item in listed(eutils_server, tmp_path, follow, known)][-2:] == ["101", "standing:301"]
    (one,) = fetched(eutils_server, tmp_path, "standing:301")
    assert (one.file, one.gone) == (None, False)
    assert [(notice.identifiers, notice.state) for notice in one.notices] == [
        ((("pmid", "301"), ("doi", "10.1/x")), "retracted")
    ]
    later = Known({"standing:301": one.revision}, SINCE, known.pmids)
    assert listed(eutils_server, tmp_path, follow, later, "two")[-1] == Item("standing:301", one.revision)
    pubmed_library.modified["301"] = SINCE
    assert listed(eutils_server, tmp_path, follow, later, "three")[-1] == Item("standing:301", "")


def test_what_is_held_by_its_doi_alone_is_watched_too(
    pubmed_library: StandIn, eutils_server: Replay, tmp_path: Path
) -> None:
    pubmed_library.records["301"] = record(
        "301", "Held as a digest.", types=("Retracted Publication",), doi="10.1016/S1(17)X"
    )
    dois = frozenset({"10.1016/s1(17)x", "10.9/absent", 'no "doi"'})
    follow = Follow(queries=("bones",))
    assert listed(eutils_server, tmp_path, follow, Known({}, dois=dois))[-1].id == "standing:301"
    later = Known({"standing:301": "as it was"}, SINCE, dois=dois)
    assert listed(eutils_server, tmp_path, follow, later, "two")[-1] == Item("standing:301", "as it was")
    pubmed_library.modified["301"] = SINCE
    assert listed(eutils_server, tmp_path, follow, later, "three")[-1] == Item("standing:301", "")
    assert "standing:301" not in {
        item.id
        for item in listed(
            eutils_server, tmp_path, Follow(queries=("bones",), integrity=False), Known({}, dois=dois), "four"
        )
    }


@pytest.mark.parametrize("kind", ["Retraction of Publication", "Expression of Concern", "Published Erratum"])
def test_a_notice_gives_what_it_says_of_others_and_is_no_evidence_itself(
    pubmed_library: StandIn, eutils_server: Replay, tmp_path: Path, kind: str
) -> None:
    links = link("RetractionOf", "Sato. JAMA. 2005.", "101")
    abstract = "<AbstractText>It was said that the drug halves fractures.</AbstractText>"
    pubmed_library.records["302"] = record("302", "A notice.", abstract=abstract, types=(kind,), links=links)
    (one,) = fetched(eutils_server, tmp_path, "302")
    assert (one.file, one.gone, kind in one.reason) == (None, False, True)
    assert [notice.identifiers for notice in one.notices] == [(("pmid", "101"),)]


def test_a_query_that_nothing_matches_is_told_of(eutils_server: Replay, tmp_path: Path) -> None:
    with eutils(eutils_server, tmp_path) as asking:
        connector = PubMed(Follow(queries=("bones", "no such words"), integrity=False), asking)
        assert list(connector.listed(Known({})))
    assert connector.unmatched == ["the query 'no such words'"]


def test_without_integrity_only_what_is_followed_is_looked_at(eutils_server: Replay, tmp_path: Path) -> None:
    known = Known({}, pmids=frozenset({"201"}))
    assert len(listed(eutils_server, tmp_path, Follow(queries=("bones",), integrity=False), known)) == 7


@pytest.mark.parametrize(
    ("asked", "why"),
    [
        ({"queries": [" "]}, "blank"),
        ({"pmids": ["PMC12"]}, "'PMC12' is not a PMID"),
        ({"pmids": ["0123"]}, "not a PMID"),
        ({"integrity": False}, "nothing of PubMed is followed"),
        ({"query": ["bones"]}, "Extra inputs"),
    ],
)
def test_what_a_collection_may_not_ask_is_refused(asked: dict[str, object], why: str) -> None:
    with pytest.raises(ValidationError, match=why):
        Follow.model_validate(asked)


def test_pmids_may_be_numbers_and_repeat() -> None:
    assert Follow.model_validate({"pmids": [27641143, "27641143 "]}).pmids == ("27641143",)
