"""PubMed's searches over real HTTP: the cap, the list that the server keeps, refusals inside answers."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from corpus.errors import Rubbish, SourceRefused, Unavailable
from ingest.connectors.base import Known, Services
from ingest.connectors.eutils import paces
from ingest.connectors.eutils_search import matching
from ingest.connectors.pubmed import Follow
from tests.ingest.connectors.asking_pubmed import NO_HISTORY, SINCE, eutils, fetched, listed, paths
from tests.replay.pubmed import BACKEND, RATE_LIMIT
from tests.replay.pubmed import PubMed as StandIn
from tests.replay.server import Replay, Reply


def test_a_query_gives_all_its_pmids_from_the_list_that_the_server_keeps(eutils_server: Replay, tmp_path: Path) -> None:
    items = listed(eutils_server, tmp_path, Follow(queries=("bones",)))
    assert [item.id for item in items] == ["107", "106", "105", "104", "103", "102", "101"]
    terms = [(asked.query["term"], asked.query["retstart"]) for asked in eutils_server.asked]
    assert terms == [("bones", "0"), ("#1", "3"), ("#1", "6")]
    assert len({asked.query.get("WebEnv") for asked in eutils_server.asked[1:]}) == 1


def test_every_request_says_who_asks_and_only_the_server_hears_the_key(eutils_server: Replay, tmp_path: Path) -> None:
    services = Services(eutils=eutils_server.url, ncbi_key="s3cret", email="me@example.org", tool="curbside")
    with eutils(eutils_server, tmp_path, services=services) as asking:
        asking.search("bones", most=9)
        asking.post(["101"])
    for asked in eutils_server.asked:
        assert asked.query.items() >= {"tool": "curbside", "email": "me@example.org", "api_key": "s3cret"}.items()
    assert not any(b"s3cret" in path.read_bytes() for path in (tmp_path / "kept").iterdir())


def test_a_wrong_key_is_refused_and_not_told(eutils_server: Replay, tmp_path: Path) -> None:
    eutils_server.faults = [Reply.json(b'{"error":"API key invalid","api-key":"s3cret","type":"api"}', 400)]
    with pytest.raises(SourceRefused, match='"API key invalid"') as refused, eutils(eutils_server, tmp_path) as asking:
        asking.search("bones", most=9)
    assert "s3cret" not in str(refused.value)
    assert len(eutils_server.asked) == 1


def test_with_a_key_ten_requests_a_second_are_allowed_otherwise_three() -> None:
    assert paces(Services()) == {"eutils.ncbi.nlm.nih.gov": 3.0}
    assert paces(Services(ncbi_key="k")) == {"eutils.ncbi.nlm.nih.gov": 10.0}


def test_a_long_query_is_sent_as_a_form(eutils_server: Replay, tmp_path: Path) -> None:
    listed(eutils_server, tmp_path, Follow(queries=(" AND ".join(["bones"] * 300),)))
    assert eutils_server.asked[0].method == "POST"
    assert eutils_server.asked[-1].method == "GET"


@pytest.mark.parametrize("said", [RATE_LIMIT, BACKEND, NO_HISTORY, replace(RATE_LIMIT, status=429)])
def test_later_inside_an_answer_is_asked_again(eutils_server: Replay, tmp_path: Path, said: Reply) -> None:
    eutils_server.faults = [said, said]
    assert len(listed(eutils_server, tmp_path, Follow(queries=("bones",)))) == 7
    assert paths(eutils_server) == ["esearch.fcgi"] * 5


def test_a_rate_limit_that_stays_is_told(eutils_server: Replay, tmp_path: Path) -> None:
    eutils_server.faults = [RATE_LIMIT] * 9
    with pytest.raises(Unavailable, match=r"API rate limit exceeded.*after 3 attempts"):
        listed(eutils_server, tmp_path, Follow(queries=("bones",)))


def test_records_that_break_off_are_asked_again(eutils_server: Replay, tmp_path: Path) -> None:
    eutils_server.faults = [Reply.xml(b"<PubmedArticleSet><PubmedArticle><MedlineCitation>")]
    assert [one.id for one in fetched(eutils_server, tmp_path, "101")] == ["101"]
    assert len(eutils_server.asked) == 2


def test_a_query_longer_than_the_cap_is_halved_by_the_day_of_entry(
    pubmed_library: StandIn, eutils_server: Replay, tmp_path: Path
) -> None:
    pubmed_library.cap = 3
    pubmed_library.entered = {str(100 + n): date(1980 + 5 * n, 3, 1) for n in range(1, 8)}
    with eutils(eutils_server, tmp_path) as asking:
        assert sorted(matching(asking, "bones", most=3)) == [str(pmid) for pmid in range(101, 108)]
    assert all('"[edat] : "' in asked.query["term"] for asked in eutils_server.asked[1:])


def test_days_of_entry_that_do_not_add_up_stop_the_source(
    pubmed_library: StandIn, eutils_server: Replay, tmp_path: Path
) -> None:
    pubmed_library.cap = 3
    pubmed_library.entered = {"101": date(1600, 1, 1)}  # outside all that is searched
    with (
        pytest.raises(Rubbish, match=r"'bones' matches 7 records .* but its halves"),
        eutils(eutils_server, tmp_path) as asking,
    ):
        matching(asking, "bones", most=3)


def test_a_day_with_more_than_the_cap_asks_for_a_narrower_query(
    pubmed_library: StandIn, eutils_server: Replay, tmp_path: Path
) -> None:
    pubmed_library.cap = 3
    why = r"matches 7 records entered on 2010-06-01.*narrow the query"
    with pytest.raises(SourceRefused, match=why), eutils(eutils_server, tmp_path) as asking:
        matching(asking, "bones", most=3)


def test_a_list_that_is_kept_no_longer_is_asked_for_anew_once(
    pubmed_library: StandIn, eutils_server: Replay, tmp_path: Path
) -> None:
    eutils_server.when = lambda request: request.query["retstart"] == "3"
    eutils_server.faults = [Reply(b"", 503)] * 3
    with pytest.raises(Unavailable):
        listed(eutils_server, tmp_path, Follow(queries=("bones",)))  # killed, so to speak, after the first page
    pubmed_library.expire()
    assert len(listed(eutils_server, tmp_path, Follow(queries=("bones",)))) == 7
    assert [asked.query["term"] for asked in eutils_server.asked[4:]] == ["#1", "bones", "#1", "#1"]


def test_a_list_that_is_gone_again_and_again_is_told(eutils_server: Replay, tmp_path: Path) -> None:
    eutils_server.when = lambda request: request.query["retstart"] == "3"
    gone = Reply.xml(b"<eSearchResult><ERROR>Unable to obtain query #1</ERROR></eSearchResult>")
    eutils_server.faults = [gone, gone]
    with pytest.raises(Unavailable, match="the list that was kept there is gone"):
        listed(eutils_server, tmp_path, Follow(queries=("bones",)))


def test_a_page_that_repeats_stops_the_source(eutils_server: Replay, tmp_path: Path) -> None:
    eutils_server.when = lambda request: request.query["retstart"] == "3"
    ids = "".join(f"<Id>{pmid}</Id>" for pmid in ("107", "106"))
    page = f"<eSearchResult><Count>7</Count><RetStart>3</RetStart><IdList>{ids}</IdList></eSearchResult>"
    eutils_server.faults = [Reply.xml(page.encode())]
    with pytest.raises(Rubbish, match="7 records match, but after 3 of them no others come"):
        listed(eutils_server, tmp_path, Follow(queries=("bones",)))
    assert len(listed(eutils_server, tmp_path, Follow(queries=("bones",)))) == 7  # and it was not kept


def test_a_misspelt_phrase_is_named(pubmed_library: StandIn, eutils_server: Replay, tmp_path: Path) -> None:
    pubmed_library.unknown = frozenset({"osteoporrosis"})
    with pytest.raises(SourceRefused, match=r"does not know the phrase 'osteoporrosis'.*correct its spelling"):
        listed(eutils_server, tmp_path, Follow(queries=("osteoporrosis",)))


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
    eutils_server: Replay, shared: Path, tmp_path: Path, name: str, start: int, count: int, pmids: int, env: str
) -> None:
    eutils_server.faults = [Reply.xml((shared / "data/refresh/eutils" / name).read_bytes())]
    with eutils(eutils_server, tmp_path) as asking:
        found = asking.search("biopython", most=100, start=start)
    assert (found.count, len(found.pmids), found.history.web_env) == (count, pmids, env)


@pytest.mark.shared
def test_recorded_lists_and_their_refusals_are_understood(eutils_server: Replay, shared: Path, tmp_path: Path) -> None:
    recorded_at = shared / "data/refresh/eutils"
    eutils_server.faults = [Reply.xml((recorded_at / f"epost{n}.xml").read_bytes()) for n in (1, 2, 3)]
    with eutils(eutils_server, tmp_path) as asking:
        assert asking.post(["1"]).web_env == "MCID_692851c130aec64bed0a8c2a"
        with pytest.raises(SourceRefused, match="Invalid db name specified: nothing"):
            asking.post(["2"])
        with pytest.raises(SourceRefused, match="Empty ID list; Nothing to store"):
            asking.post(["3"])


@pytest.mark.shared
def test_the_recorded_answer_about_a_phrase_is_understood(eutils_server: Replay, shared: Path, tmp_path: Path) -> None:
    eutils_server.faults = [Reply.xml((shared / "data/refresh/eutils/esearch8.xml").read_bytes())]
    with pytest.raises(SourceRefused, match="'abcXYZ'"):
        listed(eutils_server, tmp_path, Follow(queries=("abcXYZ",)))


def test_nothing_found_is_an_answer(eutils_server: Replay, tmp_path: Path) -> None:
    assert listed(eutils_server, tmp_path, Follow(queries=("wings",))) == []


def test_a_word_of_a_longer_query_that_nobody_used_is_no_failure(
    pubmed_library: StandIn, eutils_server: Replay, tmp_path: Path
) -> None:
    pubmed_library.unknown = frozenset({"nes"})
    known = Known({str(pmid): "r" for pmid in range(101, 108)}, SINCE)
    assert [item.revision for item in listed(eutils_server, tmp_path, Follow(queries=("bones",)), known)] == ["r"] * 7


def test_a_part_of_a_query_that_is_empty_is_no_failure_either(
    pubmed_library: StandIn, eutils_server: Replay, tmp_path: Path
) -> None:
    pubmed_library.unknown = frozenset({"nes"})
    pubmed_library.cap = 4
    pubmed_library.entered = {str(100 + n): date(1980 + 5 * n, 3, 1) for n in range(1, 8)}
    with eutils(eutils_server, tmp_path) as asking:
        assert len(matching(asking, "bones", most=4)) == 7


def test_a_field_that_pubmed_does_not_have_is_named(eutils_server: Replay, tmp_path: Path) -> None:
    found = "<eSearchResult><Count>7</Count><RetStart>0</RetStart><IdList/>"
    eutils_server.faults = [
        Reply.xml(f"{found}<ErrorList><FieldNotFound>tiabb</FieldNotFound></ErrorList></eSearchResult>".encode())
    ]
    with pytest.raises(SourceRefused, match="does not know the field 'tiabb'"):
        listed(eutils_server, tmp_path, Follow(queries=("bones[tiabb]",)))


def test_an_answer_of_another_utility_is_rubbish(eutils_server: Replay, tmp_path: Path) -> None:
    eutils_server.faults = [Reply.xml(b"<eSearchResult><Count>0</Count></eSearchResult>")]
    with pytest.raises(Rubbish, match="answered with <eSearchResult>, expected <PubmedArticleSet>"):
        fetched(eutils_server, tmp_path, "101")
