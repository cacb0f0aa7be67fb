"""PubMed over real HTTP: the cap, the history server, refusals inside answers, what is modified, deleted, watched."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from pydantic import ValidationError

from corpus.errors import Rubbish, SourceRefused, Unavailable
from ingest.connectors.base import Fetched, Item, Known, Services
from ingest.connectors.eutils import Eutils, paces
from ingest.connectors.eutils_search import matching
from ingest.connectors.pubmed import Follow, PubMed
from ingest.fetching.client import Client, Patience
from ingest.fetching.kept import KeptAnswers
from ingest.readers.base import RawFile, read_any
from tests.replay.pubmed import BACKEND, RATE_LIMIT, link, record, recorded
from tests.replay.pubmed import PubMed as StandIn
from tests.replay.server import Replay, Reply, replaying

QUICK = Patience(attempts=3, first_wait_s=0.01, longest_wait_s=0.02, jitter_s=0.0, deadline_s=2.0, read_s=2.0)
SINCE = date(2026, 11, 20)


@pytest.fixture
def library() -> StandIn:
    """Return seven records of bones and one of teeth."""
    titles = {str(pmid): "Bones" for pmid in range(101, 108)} | {"201": "Teeth"}
    return StandIn({pmid: record(pmid, f"{title} {pmid}.") for pmid, title in titles.items()}, page=3)


@pytest.fixture
def server(library: StandIn) -> Iterator[Replay]:
    with replaying(library) as replay:
        yield replay


@contextmanager
def eutils(server: Replay, folder: Path, run: str = "one", services: Services | None = None) -> Iterator[Eutils]:
    with Client(KeptAnswers(folder / "kept", run), patience=QUICK) as client:
        yield Eutils(client, services or Services(eutils=server.url))


def listed(server: Replay, folder: Path, follow: Follow, known: Known | None = None, run: str = "one") -> list[Item]:
    with eutils(server, folder, run) as asking:
        return list(PubMed(follow, asking).listed(known or Known({})))


def fetched(server: Replay, folder: Path, *ids: str, run: str = "one") -> list[Fetched]:
    with eutils(server, folder, run) as asking:
        return list(PubMed(Follow(), asking).fetch([Item(id) for id in ids]))


def paths(server: Replay) -> list[str]:
    return [asked.path.strip("/") for asked in server.asked]


def test_a_query_gives_all_its_pmids_from_the_list_that_the_server_keeps(server: Replay, tmp_path: Path) -> None:
    items = listed(server, tmp_path, Follow(queries=("bones",)))
    assert [item.id for item in items] == ["107", "106", "105", "104", "103", "102", "101"]
    terms = [(asked.query["term"], asked.query["retstart"]) for asked in server.asked]
    assert terms == [("bones", "0"), ("#1", "3"), ("#1", "6")]
    assert len({asked.query.get("WebEnv") for asked in server.asked[1:]}) == 1


def test_every_request_says_who_asks_and_only_the_server_hears_the_key(server: Replay, tmp_path: Path) -> None:
    services = Services(eutils=server.url, ncbi_key="s3cret", email="me@example.org", tool="curbside")
    with eutils(server, tmp_path, services=services) as asking:
        asking.search("bones", most=9)
        asking.post(["101"])
    for asked in server.asked:
        assert asked.query.items() >= {"tool": "curbside", "email": "me@example.org", "api_key": "s3cret"}.items()
    assert not any(b"s3cret" in path.read_bytes() for path in (tmp_path / "kept").iterdir())


def test_a_wrong_key_is_refused_and_not_told(server: Replay, tmp_path: Path) -> None:
    server.faults = [Reply.json(b'{"error":"API key invalid","api-key":"s3cret","type":"api"}', 400)]
    with pytest.raises(SourceRefused, match='"API key invalid"') as refused, eutils(server, tmp_path) as asking:
        asking.search("bones", most=9)
    assert "s3cret" not in str(refused.value)
    assert len(server.asked) == 1


def test_with_a_key_ten_requests_a_second_are_allowed_otherwise_three() -> None:
    assert paces(Services()) == {"eutils.ncbi.nlm.nih.gov": 3.0}
    assert paces(Services(ncbi_key="k")) == {"eutils.ncbi.nlm.nih.gov": 10.0}


def test_a_long_query_is_sent_as_a_form(server: Replay, tmp_path: Path) -> None:
    listed(server, tmp_path, Follow(queries=(" AND ".join(["bones"] * 300),)))
    assert server.asked[0].method == "POST"
    assert server.asked[-1].method == "GET"


NO_HISTORY = Reply.xml(b"<eSearchResult><ERROR>The history server is unavailable</ERROR></eSearchResult>")


@pytest.mark.parametrize("said", [RATE_LIMIT, BACKEND, NO_HISTORY, replace(RATE_LIMIT, status=429)])
def test_later_inside_an_answer_is_asked_again(server: Replay, tmp_path: Path, said: Reply) -> None:
    server.faults = [said, said]
    assert len(listed(server, tmp_path, Follow(queries=("bones",)))) == 7
    assert paths(server) == ["esearch.fcgi"] * 5


def test_a_rate_limit_that_stays_is_told(server: Replay, tmp_path: Path) -> None:
    server.faults = [RATE_LIMIT] * 9
    with pytest.raises(Unavailable, match=r"API rate limit exceeded.*after 3 attempts"):
        listed(server, tmp_path, Follow(queries=("bones",)))


def test_records_that_break_off_are_asked_again(server: Replay, tmp_path: Path) -> None:
    server.faults = [Reply.xml(b"<PubmedArticleSet><PubmedArticle><MedlineCitation>")]
    assert [one.id for one in fetched(server, tmp_path, "101")] == ["101"]
    assert len(server.asked) == 2


def test_a_query_longer_than_the_cap_is_halved_by_the_day_of_entry(
    library: StandIn, server: Replay, tmp_path: Path
) -> None:
    library.cap = 3
    library.entered = {str(100 + n): date(1980 + 5 * n, 3, 1) for n in range(1, 8)}
    with eutils(server, tmp_path) as asking:
        assert sorted(matching(asking, "bones", most=3)) == [str(pmid) for pmid in range(101, 108)]
    assert all('"[edat] : "' in asked.query["term"] for asked in server.asked[1:])


def test_days_of_entry_that_do_not_add_up_stop_the_source(library: StandIn, server: Replay, tmp_path: Path) -> None:
    library.cap = 3
    library.entered = {"101": date(1600, 1, 1)}  # outside all that is searched
    with (
        pytest.raises(Rubbish, match=r"'bones' matches 7 records .* but its halves"),
        eutils(server, tmp_path) as asking,
    ):
        matching(asking, "bones", most=3)


def test_a_day_with_more_than_the_cap_asks_for_a_narrower_query(
    library: StandIn, server: Replay, tmp_path: Path
) -> None:
    library.cap = 3
    why = r"matches 7 records entered on 2010-06-01.*narrow the query"
    with pytest.raises(SourceRefused, match=why), eutils(server, tmp_path) as asking:
        matching(asking, "bones", most=3)


def test_a_list_that_is_kept_no_longer_is_asked_for_anew_once(library: StandIn, server: Replay, tmp_path: Path) -> None:
    server.when = lambda request: request.query["retstart"] == "3"
    server.faults = [Reply(b"", 503)] * 3
    with pytest.raises(Unavailable):
        listed(server, tmp_path, Follow(queries=("bones",)))  # killed, so to speak, after the first page
    library.expire()
    assert len(listed(server, tmp_path, Follow(queries=("bones",)))) == 7
    assert [asked.query["term"] for asked in server.asked[4:]] == ["#1", "bones", "#1", "#1"]


def test_a_list_that_is_gone_again_and_again_is_told(server: Replay, tmp_path: Path) -> None:
    server.when = lambda request: request.query["retstart"] == "3"
    gone = Reply.xml(b"<eSearchResult><ERROR>Unable to obtain query #1</ERROR></eSearchResult>")
    server.faults = [gone, gone]
    with pytest.raises(Unavailable, match="the list that was kept there is gone"):
        listed(server, tmp_path, Follow(queries=("bones",)))


def test_a_page_that_repeats_stops_the_source(server: Replay, tmp_path: Path) -> None:
    server.when = lambda request: request.query["retstart"] == "3"
    ids = "".join(f"<Id>{pmid}</Id>" for pmid in ("107", "106"))
    page = f"<eSearchResult><Count>7</Count><RetStart>3</RetStart><IdList>{ids}</IdList></eSearchResult>"
    server.faults = [Reply.xml(page.encode())]
    with pytest.raises(Rubbish, match="7 records match, but after 3 of them no others come"):
        listed(server, tmp_path, Follow(queries=("bones",)))
    assert len(listed(server, tmp_path, Follow(queries=("bones",)))) == 7  # and it was not kept


def test_a_misspelt_phrase_is_named(library: StandIn, server: Replay, tmp_path: Path) -> None:
    library.unknown = frozenset({"osteoporrosis"})
    with pytest.raises(SourceRefused, match=r"does not know the phrase 'osteoporrosis'.*correct its spelling"):
        listed(server, tmp_path, Follow(queries=("osteoporrosis",)))


@pytest.mark.shared
@pytest.mark.parametrize(
    ("name", "start", "count", "pmids", "env"),
    [
        ("esearch1.xml", 0, 63, 20, ""),
        ("esearch2.xml", 0, 42249, 100, "MCID_6927d6e7fee3e90f880ec190"),
        ("esearch3.xml", 6, 2651, 6, ""),
    ],
)
def test_recorded_searches_are_understood(
    server: Replay, shared: Path, tmp_path: Path, name: str, start: int, count: int, pmids: int, env: str
) -> None:
    server.faults = [Reply.xml((shared / "data/refresh/eutils" / name).read_bytes())]
    with eutils(server, tmp_path) as asking:
        found = asking.search("biopython", most=100, start=start)
    assert (found.count, len(found.pmids), found.history.web_env) == (count, pmids, env)


@pytest.mark.shared
def test_recorded_lists_and_their_refusals_are_understood(server: Replay, shared: Path, tmp_path: Path) -> None:
    recorded_at = shared / "data/refresh/eutils"
    server.faults = [Reply.xml((recorded_at / f"epost{n}.xml").read_bytes()) for n in (1, 2, 3)]
    with eutils(server, tmp_path) as asking:
        assert asking.post(["1"]).web_env == "MCID_692851c130aec64bed0a8c2a"
        with pytest.raises(SourceRefused, match="Invalid db name specified: nothing"):
            asking.post(["2"])
        with pytest.raises(SourceRefused, match="Empty ID list; Nothing to store"):
            asking.post(["3"])


@pytest.mark.shared
def test_the_recorded_answer_about_a_phrase_is_understood(server: Replay, shared: Path, tmp_path: Path) -> None:
    server.faults = [Reply.xml((shared / "data/refresh/eutils/esearch8.xml").read_bytes())]
    with pytest.raises(SourceRefused, match="'abcXYZ'"):
        listed(server, tmp_path, Follow(queries=("abcXYZ",)))


def test_nothing_found_is_an_answer(server: Replay, tmp_path: Path) -> None:
    assert listed(server, tmp_path, Follow(queries=("wings",))) == []


def test_a_word_of_a_longer_query_that_nobody_used_is_no_failure(
    library: StandIn, server: Replay, tmp_path: Path
) -> None:
    library.unknown = frozenset({"nes"})
    known = Known({str(pmid): "r" for pmid in range(101, 108)}, SINCE)
    assert [item.revision for item in listed(server, tmp_path, Follow(queries=("bones",)), known)] == ["r"] * 7


def test_a_part_of_a_query_that_is_empty_is_no_failure_either(library: StandIn, server: Replay, tmp_path: Path) -> None:
    library.unknown = frozenset({"nes"})
    library.cap = 4
    library.entered = {str(100 + n): date(1980 + 5 * n, 3, 1) for n in range(1, 8)}
    with eutils(server, tmp_path) as asking:
        assert len(matching(asking, "bones", most=4)) == 7


def test_a_field_that_pubmed_does_not_have_is_named(server: Replay, tmp_path: Path) -> None:
    found = "<eSearchResult><Count>7</Count><RetStart>0</RetStart><IdList/>"
    server.faults = [
        Reply.xml(f"{found}<ErrorList><FieldNotFound>tiabb</FieldNotFound></ErrorList></eSearchResult>".encode())
    ]
    with pytest.raises(SourceRefused, match="does not know the field 'tiabb'"):
        listed(server, tmp_path, Follow(queries=("bones[tiabb]",)))


def test_only_what_was_modified_since_the_last_run_is_to_be_fetched(
    library: StandIn, server: Replay, tmp_path: Path
) -> None:
    known = Known({str(pmid): f"r{pmid}" for pmid in range(101, 107)}, SINCE)
    library.modified = {"103": SINCE, "104": SINCE - timedelta(days=1), "105": SINCE - timedelta(days=30)}
    items = listed(server, tmp_path, Follow(queries=("bones",)), known)
    assert {item.id for item in items if not item.revision} == {"107", "103", "104"}
    assert {item.id: item.revision for item in items if item.revision} == {
        pmid: f"r{pmid}" for pmid in ("101", "102", "105", "106")
    }
    assert [asked.query["mindate"] for asked in server.asked if "mindate" in asked.query] == ["2026/11/18"]


def test_before_a_first_whole_run_nothing_is_taken_as_unchanged(server: Replay, tmp_path: Path) -> None:
    items = listed(server, tmp_path, Follow(queries=("bones",)), Known({"101": "r"}))
    assert [item.revision for item in items] == [""] * 7


def test_a_pmid_that_is_named_is_listed_once_and_looked_after(library: StandIn, server: Replay, tmp_path: Path) -> None:
    follow = Follow(queries=("bones",), pmids=("101", "201", "999"))
    library.modified = {"201": SINCE}
    revisions = dict.fromkeys((*library.records, "999"), "r")
    items = listed(server, tmp_path, follow, Known(revisions, SINCE))
    assert [item.id for item in items][-2:] == ["201", "999"]
    assert len(items) == 9
    assert {item.id for item in items if not item.revision} == {"201", "999"}
    assert paths(server).count("epost.fcgi") == 1


@pytest.mark.shared
def test_each_record_is_a_file_of_its_own_that_is_read_as_in_the_whole_answer(
    library: StandIn, server: Replay, shared: Path, tmp_path: Path
) -> None:
    whole: dict[str, str] = {}
    for path in sorted((shared / "data/refresh/eutils").glob("pubmed*.xml")):
        library.records |= dict(recorded(path.read_bytes()))
        whole |= {made.key: made.content_hash for made in read_any(RawFile(path.name, path.read_bytes()))}
    pmids = [pmid for pmid in library.records if len(pmid) > 3]
    got = fetched(server, tmp_path, *pmids)
    assert paths(server) == ["efetch.fcgi"]
    assert server.asked[0].method == "POST"
    for one in got:
        assert one.file is not None
        (document,) = read_any(one.file)
        assert (document.key, one.address) == (f"pmid:{one.id}", f"https://pubmed.ncbi.nlm.nih.gov/{one.id}/")
        assert document.content_hash == whole.pop(document.key)
    assert not whole
    assert len({one.revision for one in got}) == len(pmids) > 5


def test_more_than_two_hundred_are_fetched_in_batches(library: StandIn, server: Replay, tmp_path: Path) -> None:
    pmids = [str(pmid) for pmid in range(1001, 1402)]
    library.records = {pmid: record(pmid, "Bones.") for pmid in pmids}
    assert [one.id for one in fetched(server, tmp_path, *pmids)] == pmids
    assert [asked.query["id"].count(",") + 1 for asked in server.asked] == [200, 200, 1]


def test_the_revision_tells_of_words_and_not_of_work_on_the_record(
    library: StandIn, server: Replay, tmp_path: Path
) -> None:
    (before,) = fetched(server, tmp_path, "101")
    untouched = library.records["101"]
    library.records["101"] = untouched.replace(b"<Year>2020", b"<Year>2026").replace(b'"MEDLINE"', b'"PubMed"')
    (same,) = fetched(server, tmp_path, "101", run="two")
    library.records["101"] = untouched.replace(b"Bones 101", b"Bone 101")
    (other,) = fetched(server, tmp_path, "101", run="three")
    assert before.revision == same.revision != other.revision
    assert len(before.revision) == 64


def test_of_several_versions_of_a_record_the_highest_counts(library: StandIn, server: Replay, tmp_path: Path) -> None:
    second = record("101", "Second version.").replace(b'<PMID Version="1">', b'<PMID Version="2">')
    library.records["101"] = second + library.records["101"]
    (one,) = fetched(server, tmp_path, "101")
    assert one.file is not None
    assert read_any(one.file)[0].title == "Second version."


def test_a_record_that_is_told_of_as_deleted_is_gone(library: StandIn, server: Replay, tmp_path: Path) -> None:
    library.withdraw()
    got = {one.id: one for one in fetched(server, tmp_path, "101", "201")}
    assert (got["201"].gone, got["201"].file, got["201"].reason) == (True, None, "PubMed has no record with PMID 201")
    assert not got["101"].gone
    assert len(server.asked) == 1


def test_a_record_that_is_missing_is_asked_for_again_before_it_is_gone(
    library: StandIn, server: Replay, tmp_path: Path
) -> None:
    server.faults = [Reply.xml(b"<PubmedArticleSet>" + library.records["102"] + b"</PubmedArticleSet>")]
    assert [one.gone for one in fetched(server, tmp_path, "101", "102")] == [False, False]
    assert [asked.query["id"] for asked in server.asked] == ["101,102", "101"]
    del library.records["101"]
    assert [one.gone for one in fetched(server, tmp_path, "101", run="two")] == [True]
    assert [one.gone for one in fetched(server, tmp_path, "101", run="two")] == [True]
    assert [asked.query["id"] for asked in server.asked[2:]] == ["101", "101"]


def test_only_what_has_no_record_any_more_is_withdrawn(library: StandIn, server: Replay, tmp_path: Path) -> None:
    library.unlisted = {"101"}
    del library.records["102"]
    library.withdraw()
    with eutils(server, tmp_path) as asking:
        gone = list(PubMed(Follow(queries=("bones",)), asking).gone(["101", "102", "201", "standing:103"]))
    assert gone == ["102", "201"]


def test_what_is_held_from_elsewhere_gives_its_notices_and_no_file(
    library: StandIn, server: Replay, tmp_path: Path
) -> None:
    library.records["301"] = record("301", "Held as full text.", types=("Retracted Publication",), doi="10.1/X")
    known = Known({}, pmids=frozenset({"101", "301", "no number"}))
    follow = Follow(queries=("bones",))
    assert [item.id for item in listed(server, tmp_path, follow, known)][-2:] == ["101", "standing:301"]
    (one,) = fetched(server, tmp_path, "standing:301")
    assert (one.file, one.gone) == (None, False)
    assert [(notice.identifiers, notice.state) for notice in one.notices] == [
        ((("pmid", "301"), ("doi", "10.1/x")), "retracted")
    ]
    later = Known({"standing:301": one.revision}, SINCE, known.pmids)
    assert listed(server, tmp_path, follow, later, "two")[-1] == Item("standing:301", one.revision)
    library.modified["301"] = SINCE
    assert listed(server, tmp_path, follow, later, "three")[-1] == Item("standing:301", "")


def test_what_is_held_by_its_doi_alone_is_watched_too(library: StandIn, server: Replay, tmp_path: Path) -> None:
    library.records["301"] = record("301", "Held as a digest.", types=("Retracted Publication",), doi="10.1016/S1(17)X")
    dois = frozenset({"10.1016/s1(17)x", "10.9/absent", 'no "doi"'})
    follow = Follow(queries=("bones",))
    assert listed(server, tmp_path, follow, Known({}, dois=dois))[-1].id == "standing:301"
    later = Known({"standing:301": "as it was"}, SINCE, dois=dois)
    assert listed(server, tmp_path, follow, later, "two")[-1] == Item("standing:301", "as it was")
    library.modified["301"] = SINCE
    assert listed(server, tmp_path, follow, later, "three")[-1] == Item("standing:301", "")
    assert "standing:301" not in {
        item.id
        for item in listed(server, tmp_path, Follow(queries=("bones",), integrity=False), Known({}, dois=dois), "four")
    }


@pytest.mark.parametrize("kind", ["Retraction of Publication", "Expression of Concern", "Published Erratum"])
def test_a_notice_gives_what_it_says_of_others_and_is_no_evidence_itself(
    library: StandIn, server: Replay, tmp_path: Path, kind: str
) -> None:
    links = link("RetractionOf", "Sato. JAMA. 2005.", "101")
    abstract = "<AbstractText>It was said that the drug halves fractures.</AbstractText>"
    library.records["302"] = record("302", "A notice.", abstract=abstract, types=(kind,), links=links)
    (one,) = fetched(server, tmp_path, "302")
    assert (one.file, one.gone, kind in one.reason) == (None, False, True)
    assert [notice.identifiers for notice in one.notices] == [(("pmid", "101"),)]


def test_a_query_that_nothing_matches_is_told_of(server: Replay, tmp_path: Path) -> None:
    with eutils(server, tmp_path) as asking:
        connector = PubMed(Follow(queries=("bones", "no such words"), integrity=False), asking)
        assert list(connector.listed(Known({})))
    assert connector.unmatched == ["the query 'no such words'"]


def test_without_integrity_only_what_is_followed_is_looked_at(server: Replay, tmp_path: Path) -> None:
    known = Known({}, pmids=frozenset({"201"}))
    assert len(listed(server, tmp_path, Follow(queries=("bones",), integrity=False), known)) == 7


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


def test_an_answer_of_another_utility_is_rubbish(server: Replay, tmp_path: Path) -> None:
    server.faults = [Reply.xml(b"<eSearchResult><Count>0</Count></eSearchResult>")]
    with pytest.raises(Rubbish, match="answered with <eSearchResult>, expected <PubmedArticleSet>"):
        fetched(server, tmp_path, "101")
