"""Europe PMC over real HTTP: cursors, counts, full texts by licence, preprints, notices, and what is no more."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from pydantic import ValidationError

from corpus.document import Integrity
from corpus.errors import Rubbish, SourceRefused
from ingest.connectors.base import Fetched, Item, Known
from ingest.connectors.europepmc import EuropePmc, Follow, connect
from ingest.fetching.client import Client, Patience
from ingest.fetching.kept import KeptAnswers
from ingest.readers.base import read_any
from tests.replay.europepmc import EuropePmc as StandIn
from tests.replay.europepmc import preprint, stand_in
from tests.replay.server import HTML_ERROR, Replay, Reply, replaying

QUICK = Patience(attempts=3, first_wait_s=0.01, longest_wait_s=0.02, jitter_s=0.0, deadline_s=2.0, read_s=2.0)
JATS = (
    b'<article xmlns:xlink="http://www.w3.org/1999/xlink"><front><article-meta><article-id pub-id-type="pmid">77'
    b'</article-id><article-id pub-id-type="pmcid">PMC7</article-id><title-group><article-title>Bones</article-title>'
    b'</title-group><permissions><license xlink:href="https://creativecommons.org/licenses/by/4.0/"/></permissions>'
    b"</article-meta></front><body><p>Bones were weighed.</p></body></article>"
)


def published(number: int, **other: Any) -> dict[str, Any]:
    """Return a record that PubMed has too."""
    return {
        "id": str(number), "source": "MED", "pmid": str(number), "doi": f"10.1/B{number}", "title": "Bones.",
        "isOpenAccess": "N", "abstractText": "Weighed.", "citedByCount": 1,
    } | other  # fmt: skip


@pytest.fixture
def library() -> StandIn:
    """Return five preprints and two published articles."""
    made = [preprint(n, f"Bones {n}.", f"Weighed {n} times.") for n in range(1, 6)]
    made += [published(77, pmcid="PMC7", isOpenAccess="Y", license="cc by"), published(78)]
    return StandIn({f"{one['source']}:{one['id']}": one for one in made}, {"PMC7": JATS})


@pytest.fixture
def server(library: StandIn) -> Iterator[Replay]:
    with replaying(library) as replay:
        yield replay


@contextmanager
def connected(server: Replay, folder: Path, run: str = "one", **follow: Any) -> Iterator[EuropePmc]:
    asked = Follow.model_validate({"queries": ["bones"], "page_size": 3} | follow)
    with Client(KeptAnswers(folder / "kept", run), patience=QUICK) as client:
        yield connect(asked, client, StandIn().services(server.url), folder)


def listed(server: Replay, folder: Path, run: str = "one", **follow: Any) -> list[Item]:
    with connected(server, folder, run, **follow) as source:
        return list(source.listed(Known({})))


def fetched(server: Replay, folder: Path, id: str, run: str = "one", **follow: Any) -> Fetched:
    with connected(server, folder, run, **follow) as source:
        (one,) = source.fetch([Item(id)])
        return one


def test_pages_are_followed_by_their_cursor_to_the_end(server: Replay, tmp_path: Path) -> None:
    assert len(listed(server, tmp_path)) == 7
    assert [asked.query["cursorMark"] for asked in server.asked] == ["*", "AoI3", "AoI6"]
    assert {asked.query["resultType"] for asked in server.asked} == {"core"}


def test_a_cursor_that_stays_is_the_end(library: StandIn, server: Replay, tmp_path: Path) -> None:
    server.when = lambda request: request.query["cursorMark"] == "AoI3"
    ids = [{"id": f"PPR{n}", "source": "PPR"} for n in (4, 5)]
    server.faults = [page(5, ids, cursor="AoI3", after="AoI3")]
    library.records = {id: library.records[id] for id in list(library.records)[:5]}
    assert len(listed(server, tmp_path)) == 5
    assert len(server.asked) == 2


def page(count: int, results: list[dict[str, Any]], *, cursor: str, after: str) -> Reply:
    said = {"hitCount": count, "nextCursorMark": after, "request": {"cursorMark": cursor}}
    return Reply.json(json.dumps(said | {"resultList": {"result": results}}).encode())


def test_fewer_records_than_are_counted_stop_the_source(library: StandIn, server: Replay, tmp_path: Path) -> None:
    library.short = 1
    with pytest.raises(Rubbish, match="counts 8 records for 'bones', but its pages hold 7"):
        listed(server, tmp_path)
    library.short = 0
    assert len(listed(server, tmp_path)) == 7  # and none of the pages was kept


def test_a_page_that_repeats_stops_the_source(library: StandIn, server: Replay, tmp_path: Path) -> None:
    server.when = lambda request: request.query["cursorMark"] == "AoI3"
    first = [{"id": f"PPR{n}", "source": "PPR"} for n in (1, 2, 3)]
    server.faults = [page(7, first, cursor="AoI3", after="AoI6")]
    with pytest.raises(Rubbish, match="its pages hold 3"):
        listed(server, tmp_path)


def test_an_answer_to_another_request_is_rubbish(server: Replay, tmp_path: Path) -> None:
    server.faults = [page(1, [{"id": "PPR1", "source": "PPR"}], cursor="AoI9", after="")]
    with pytest.raises(Rubbish, match="another page, 'AoI9'"):
        listed(server, tmp_path)


def test_nothing_found_is_an_answer(library: StandIn, server: Replay, tmp_path: Path) -> None:
    library.records = {}
    assert listed(server, tmp_path) == []


@pytest.mark.parametrize("said", [HTML_ERROR, Reply.json(b"[]"), Reply.json(b'{"hitCount": "x"}')])
def test_rubbish_is_refused_and_not_kept(server: Replay, tmp_path: Path, said: Reply) -> None:
    server.faults = [said]
    with pytest.raises(Rubbish):
        listed(server, tmp_path)
    assert len(listed(server, tmp_path)) == 7


def test_an_error_in_an_answer_is_told(server: Replay, tmp_path: Path) -> None:
    server.faults = [Reply.json(b'{"version": "6.9", "errCode": 400, "errMsg": "Invalid query"}')]
    with pytest.raises(SourceRefused, match="Europe PMC refuses: Invalid query: check the query"):
        listed(server, tmp_path)


def test_records_of_two_queries_are_listed_once(server: Replay, tmp_path: Path) -> None:
    assert len(listed(server, tmp_path, queries=["bones", "weighing bones"])) == 7


def test_the_revision_follows_words_and_standing_and_not_citations(
    library: StandIn, server: Replay, tmp_path: Path
) -> None:
    before = {item.id: item.revision for item in listed(server, tmp_path)}
    links = [{"id": "9", "source": "MED", "type": "Erratum in", "reference": "Bone 2021"}]
    for id, other in (
        ("PPR:PPR1", {"citedByCount": 99}),
        ("PPR:PPR2", {"abstractText": "Counted."}),
        ("PPR:PPR3", {"commentCorrectionList": {"commentCorrection": links}}),
        ("PPR:PPR4", {"commentCorrectionList": {"commentCorrection": [{"type": "Comment in"}]}}),
    ):
        library.records[id] |= other
    after = {item.id: item.revision for item in listed(server, tmp_path, run="two")}
    assert {id for id in before if before[id] != after[id]} == {"PPR:PPR2", "PPR:PPR3"}


def test_a_preprint_comes_with_its_abstract(server: Replay, tmp_path: Path) -> None:
    one = fetched(server, tmp_path, "PPR:PPR2")
    assert one.file is not None
    (document,) = read_any(one.file)
    assert (document.key, document.design) == ("doi:10.1101/2020.01.02", "Preprint")
    assert document.sections[0].text == "Weighed 2 times."


def test_a_full_text_comes_as_jats_under_the_key_that_pubmed_has(server: Replay, tmp_path: Path) -> None:
    one = fetched(server, tmp_path, "MED:77")
    assert one.file is not None
    assert one.file.data == JATS
    assert read_any(one.file)[0].key == "pmid:77"


@pytest.mark.parametrize(
    ("other", "follow", "why"),
    [
        ({}, {"full_text": False}, "only an abstract may be kept, which PubMed gives"),
        ({"isOpenAccess": "N"}, {}, "only an abstract may be kept"),
        ({"license": "cc by-nc"}, {"licences": ["CC BY"]}, "the licence of PMC7, CC BY-NC, is not among those kept"),
        ({"pmcid": "PMC8"}, {}, "Europe PMC gives no full text of PMC8"),
    ],
)
def test_of_what_pubmed_has_there_is_a_full_text_or_nothing(
    library: StandIn, server: Replay, tmp_path: Path, other: dict[str, Any], follow: dict[str, Any], why: str
) -> None:
    library.records["MED:77"] |= other
    one = fetched(server, tmp_path, "MED:77", **follow)
    assert (one.file, one.gone) == (None, False)
    assert why in one.reason


def test_a_full_text_that_is_a_notice_only_tells(library: StandIn, server: Replay, tmp_path: Path) -> None:
    names = b'<related-article related-article-type="retracted-article" ext-link-type="pmid" xlink:href="12"/>'
    library.texts["PMC7"] = JATS.replace(b"</article-meta>", names + b"</article-meta>")
    one = fetched(server, tmp_path, "MED:77")
    assert one.file is None and one.reason.startswith("a notice (Retraction Notice)")
    assert (one.notices[-1].identifiers, one.notices[-1].state) == ((("pmid", "12"),), Integrity.RETRACTED)


def test_an_article_stricter_than_the_service_says_is_not_kept(
    library: StandIn, server: Replay, tmp_path: Path
) -> None:
    library.texts["PMC7"] = JATS.replace(b"licenses/by/", b"licenses/by-nc/")
    one = fetched(server, tmp_path, "MED:77", licences=["CC BY"])
    assert (one.file, one.reason) == (None, "the licence of PMC7, CC BY-NC, is not among those kept")


def test_without_a_licence_in_the_record_the_article_s_own_decides(
    library: StandIn, server: Replay, tmp_path: Path
) -> None:
    del library.records["MED:77"]["license"]
    assert fetched(server, tmp_path, "MED:77").file is not None
    library.texts["PMC7"] = JATS.replace(b"creativecommons", b"example")
    assert "PMC7, none, is not among" in fetched(server, tmp_path, "MED:77", run="two").reason


@pytest.mark.parametrize(
    ("kind", "identifiers", "state"),
    [
        ("Retraction in", (("pmid", "78"), ("doi", "10.1/b78")), Integrity.RETRACTED),
        ("Expression of concern in", (("pmid", "78"), ("doi", "10.1/b78")), Integrity.CONCERN),
        ("Erratum in", (("pmid", "78"), ("doi", "10.1/b78")), Integrity.CORRECTED),
        ("Corrected and republished in", (("pmid", "78"), ("doi", "10.1/b78")), Integrity.SUPERSEDED),
        ("Retraction of", (("pmid", "9"), ("doi", "10.1002/old")), Integrity.RETRACTED),
        ("Expression of concern for", (("pmid", "9"), ("doi", "10.1002/old")), Integrity.CONCERN),
        ("Erratum for", (("pmid", "9"), ("doi", "10.1002/old")), Integrity.CORRECTED),
    ],
)
def test_links_give_notices_even_where_there_is_no_text(
    library: StandIn, server: Replay, tmp_path: Path, kind: str, identifiers: object, state: Integrity
) -> None:
    link = {"id": "9", "source": "MED", "type": kind, "reference": "Bone 2021. doi: 10.1002/OLD."}
    library.records["MED:78"] |= {"commentCorrectionList": {"commentCorrection": [link]}}
    one = fetched(server, tmp_path, "MED:78")
    assert one.file is None
    assert [(notice.identifiers, notice.state) for notice in one.notices] == [(identifiers, state)]


def test_the_publication_type_tells_a_retraction(library: StandIn, server: Replay, tmp_path: Path) -> None:
    library.records["MED:78"] |= {"pubTypeList": {"pubType": ["journal article", "Retracted Publication"]}}
    (notice,) = fetched(server, tmp_path, "MED:78").notices
    assert (notice.state, notice.why) == (Integrity.RETRACTED, 'Europe PMC: publication type "Retracted Publication"')
    library.records["MED:78"] |= {"pubTypeList": {"pubType": ["Retraction of Publication", "Published Erratum"]}}
    assert fetched(server, tmp_path, "MED:78", run="two").notices == ()


def test_what_the_service_has_no_more_is_gone_once_it_was_asked_for_alone(
    library: StandIn, server: Replay, tmp_path: Path
) -> None:
    library.withdraw()
    library.unlist()
    with connected(server, tmp_path) as source:
        assert list(source.gone(["PPR:PPR1", "PPR:PPR2", "MED:78"])) == ["PPR:PPR2"]
    assert [asked.query["query"].count("EXT_ID") for asked in server.asked] == [3, 1]
    one = fetched(server, tmp_path, "PPR:PPR2", run="two")
    assert (one.gone, one.reason) == (True, "Europe PMC has no record PPR:PPR2")


def test_many_are_asked_for_in_batches(library: StandIn, server: Replay, tmp_path: Path) -> None:
    library.records = {f"MED:{n}": published(n) for n in range(1, 61)}
    with connected(server, tmp_path) as source:
        assert len(list(source.fetch([Item(id) for id in library.records]))) == 60
    assert [asked.query["query"].count("EXT_ID") for asked in server.asked] == [25, 25, 10]


@pytest.mark.shared
def test_the_recorded_answer_is_read(shared: Path, tmp_path: Path) -> None:
    with replaying(stand_in(shared)) as server:
        one = fetched(server, tmp_path, "MED:22663011")
    assert (one.file, one.gone) == (None, False)
    assert one.address == "https://europepmc.org/article/MED/22663011"


@pytest.mark.parametrize(
    ("asked", "why"),
    [
        ({"queries": []}, "at least 1"),
        ({"queries": [""]}, "blank"),
        ({"queries": ["a"], "page_size": 1001}, "less than or equal to 1000"),
        ({"queries": ["a"], "licences": ["TDM"]}, "'TDM' is not a licence"),
    ],
)
def test_what_a_collection_may_not_ask_is_refused(asked: dict[str, Any], why: str) -> None:
    with pytest.raises(ValidationError, match=why):
        Follow.model_validate(asked)
