"""openFDA's labels: searches and pages as its documentation has them, and what of a record is a change."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from pydantic import ValidationError

from corpus.errors import Rubbish, SourceFailed, SourceRefused
from ingest.connectors.base import Known
from ingest.connectors.openfda import Follow, OpenFda, connect, revision
from ingest.connectors.openfda_pages import page_of
from ingest.fetching.client import Answered, Client, Patience
from ingest.fetching.kept import KeptAnswers
from tests.replay.openfda import OpenFda as Service
from tests.replay.server import Replay, Reply, Request, replaying

QUICK = Patience(attempts=2, first_wait_s=0.01, longest_wait_s=0.02, jitter_s=0.0)


def set_id(n: int) -> str:
    return f"00000000-0000-4000-8000-{n:012d}"


def record(n: int, generic: str = "DRUGAMAB-AQQG", brand: str = "Drugity", **more: Any) -> dict[str, Any]:
    names = {"generic_name": [generic], "brand_name": [brand], "is_original_packager": [True]}
    made = {"set_id": set_id(n), "id": f"v1-{n}", "version": "1", "effective_time": f"2026{n % 12 + 1:02d}01"}
    return {**made, "indications_and_usage": [f"1 INDICATIONS AND USAGE For use {n}."], "openfda": names, **more}


@contextmanager
def following(
    folder: Path, service: Service, follow: dict[str, Any], run: str = "one"
) -> Iterator[tuple[OpenFda, Replay]]:
    with replaying(service) as server, Client(KeptAnswers(folder, run), patience=QUICK) as client:
        yield connect(Follow.model_validate(follow), client, service.services(server.url), folder), server


def listed(folder: Path, service: Service, follow: dict[str, Any], run: str = "one") -> list[str]:
    with following(folder, service, follow, run) as (connector, _):
        return [item.id for item in connector.listed(Known({}))]


def test_a_name_is_the_whole_name_in_upper_or_lower_case(tmp_path: Path) -> None:
    names = ["ESTRADIOL", "Estradiol", "NORETHINDRONE AND ETHINYL ESTRADIOL", "OTHER"]
    service = Service([record(n, name) for n, name in enumerate(names)], {})
    assert listed(tmp_path, service, {"generic": ["estradiol"]}) == [set_id(0), set_id(1)]
    phrase = {"generic": ["estradiol"], "exact": False}
    assert listed(tmp_path, service, phrase, "two") == [set_id(0), set_id(1), set_id(2)]


def test_what_matches_twice_is_listed_once(tmp_path: Path) -> None:
    service = Service([record(n) for n in range(3)], {})
    follow = {"generic": ["drugamab-aqqg"], "brand": ["drugity"], "set_ids": [set_id(1).upper()]}
    assert listed(tmp_path, service, follow) == [set_id(0), set_id(1), set_id(2)]


def test_repackagers_are_left_out_where_that_is_asked_but_a_set_id_is_followed_whoever_packs(tmp_path: Path) -> None:
    records = [record(0), record(1), record(2)]
    records[1]["openfda"].pop("is_original_packager")
    records[2]["openfda"] = {}
    service = Service(records, {})
    follow = {"generic": ["drugamab-aqqg"], "original_packager": True, "set_ids": [set_id(2)]}
    assert listed(tmp_path, service, follow) == [set_id(0), set_id(2)]


def test_pages_are_followed_by_the_cursor_to_the_last_and_without_skip(tmp_path: Path) -> None:
    service = Service([record(n) for n in range(25)], {}, key="s3cret")
    with following(tmp_path, service, {"generic": ["drugamab-aqqg"], "page_size": 10}) as (connector, server):
        assert len(list(connector.listed(Known({})))) == 25
        assert [asked.query.get("skip", "0") for asked in server.asked] == ["0", "0", "0"]
        assert [("search_after" in asked.query) for asked in server.asked] == [False, True, True]
        assert {asked.query["api_key"] for asked in server.asked} == {"s3cret"}
        assert {asked.headers["host"] for asked in server.asked} == {server.url.removeprefix("http://")}


def test_many_names_are_asked_for_in_few_searches(tmp_path: Path) -> None:
    service = Service([record(n, f"DRUG{n}") for n in range(45)], {})
    with following(tmp_path, service, {"generic": [f"drug{n}" for n in range(45)]}) as (connector, server):
        assert len(list(connector.listed(Known({})))) == 45
        assert len(server.asked) == 3


def test_nothing_found_is_an_empty_listing_and_another_404_a_failure(tmp_path: Path) -> None:
    service = Service([record(0)], {})
    assert listed(tmp_path, service, {"generic": ["nothing"]}) == []
    with following(tmp_path, service, {"generic": ["other"]}) as (connector, server):
        server.faults = [Reply.json(b'{"error": {"code": "MOVED", "message": "No such endpoint"}}', 404)]
        with pytest.raises(SourceRefused, match="404, and not because nothing matches"):
            list(connector.listed(Known({})))


def test_a_wrong_key_is_told(tmp_path: Path) -> None:
    service = Service([record(0)], {}, key="right")
    with following(tmp_path, service, {"generic": ["drugamab-aqqg"]}) as (connector, _):
        service.key = "another"
        with pytest.raises(SourceRefused, match="API_KEY_INVALID"):
            list(connector.listed(Known({})))


class Broken(Service):
    """A service whose pages are altered on the way out."""

    def __init__(self, records: list[dict[str, Any]], alter: Any) -> None:
        super().__init__(records, {})
        self.alter = alter

    def answer(self, request: Request) -> Reply:
        reply: Reply = self.alter(request, super().answer(request))
        return reply


def without_link(request: Request, reply: Reply) -> Reply:
    return replace(reply, headers={"Content-Type": "application/json"})


def by_skip(request: Request, reply: Reply) -> Reply:
    link = '<https://api.fda.gov/drug/label.json?search=a&skip=10&limit=10>; rel="next"'
    return replace(reply, headers={**reply.headers, "Link": link})


def one_lost(request: Request, reply: Reply) -> Reply:
    said = json.loads(reply.body)
    return replace(reply, body=json.dumps({**said, "results": said["results"][1:]}).encode())


def always_the_first(request: Request, reply: Reply) -> Reply:
    service = Service([record(n) for n in range(25)], {})
    return service.answer(replace(request, query={k: v for k, v in request.query.items() if k != "search_after"}))


def nameless(request: Request, reply: Reply) -> Reply:
    return replace(reply, body=reply.body.replace(b'"set_id"', b'"setid"'))


def strangely_named(request: Request, reply: Reply) -> Reply:
    return replace(reply, body=reply.body.replace(b'"set_id": "', b'"set_id": "../'))


def nested(request: Request, reply: Reply) -> Reply:
    return replace(reply, body=b"[" * 100_000)


@pytest.mark.parametrize(
    ("alter", "said"),
    [
        (without_link, "gave 10 of 25 records on 1 pages"),
        (by_skip, "expected search_after in the address of the next page"),
        (one_lost, "gave 22 of 25 records on 3 pages"),
        (always_the_first, "repeats records of an earlier page"),
        (nameless, "expected a set_id in each record"),
        (strangely_named, "expected a set_id in each record"),
        (nested, "expected JSON"),
    ],
)
def test_pages_that_are_not_whole_are_refused_and_asked_for_again(tmp_path: Path, alter: Any, said: str) -> None:
    records = [record(n) for n in range(25)]
    service = Broken(records, alter)
    follow = {"generic": ["drugamab-aqqg"], "page_size": 10}
    with following(tmp_path, service, follow) as (connector, _), pytest.raises(Rubbish, match=said):
        list(connector.listed(Known({})))
    service.alter = lambda request, reply: reply
    with following(tmp_path, service, follow) as (connector, _):
        assert len(list(connector.listed(Known({})))) == 25


def test_of_two_records_of_one_set_id_the_newer_counts(tmp_path: Path) -> None:
    older, newer = record(1), record(1, id="v2-1", version="2", effective_time="20270101")
    said = {"meta": {"results": {"total": 2}}, "results": [newer, older]}
    service = Broken([older], lambda request, reply: Reply.json(json.dumps(said).encode()))
    with following(tmp_path, service, {"set_ids": [set_id(1)]}) as (connector, _):
        (item,) = connector.listed(Known({}))
    assert item.revision == revision(newer)


def test_the_text_decides_what_has_changed_not_the_version_nor_an_order() -> None:
    before = record(1, openfda={"rxcui": ["1", "2"], "brand_name": ["A"]}) | {"@epoch": 1416008764.1}
    reordered = record(1, openfda={"brand_name": ["A"], "rxcui": ["2", "1"]}) | {"@epoch": 1429310300.9}
    assert revision(before) == revision(dict(reversed(reordered.items())))
    assert revision(before) != revision({**before, "indications_and_usage": ["1 INDICATIONS AND USAGE For use 2."]})
    assert revision(before) != revision({**before, "openfda": {"rxcui": ["1", "2"], "brand_name": ["B"]}})


def test_half_a_character_in_a_record_stops_nothing(tmp_path: Path) -> None:
    service = Service([record(1, indications_and_usage=["For use\ud800."])], {})
    with following(tmp_path, service, {"set_ids": [set_id(1)]}) as (connector, _):
        (fetched,) = connector.fetch(list(connector.listed(Known({}))))
    assert fetched.file is not None
    assert b"\\ud800" in fetched.file.data


def test_a_label_that_has_lost_its_names_is_neither_listed_nor_withdrawn(tmp_path: Path) -> None:
    service = Service([record(n) for n in range(3)], {})
    service.records[set_id(0)]["openfda"] = {}
    del service.records[set_id(1)]
    with following(tmp_path, service, {"generic": ["drugamab-aqqg"]}) as (connector, server):
        assert [item.id for item in connector.listed(Known({}))] == [set_id(2)]
        before = len(server.asked)
        assert list(connector.gone([set_id(0), set_id(1)])) == [set_id(1)]
        assert len(server.asked) == before + 1


def test_a_failure_while_asking_what_is_gone_withdraws_nothing(tmp_path: Path) -> None:
    service = Service([record(0)], {})
    with following(tmp_path, service, {"generic": ["drugamab-aqqg"]}) as (connector, server):
        server.faults = [Reply(b"", 503)] * 9
        with pytest.raises(SourceFailed):
            list(connector.gone([set_id(0)]))


@pytest.mark.parametrize(
    "asked",
    [
        {},
        {"generic": ['a" OR set_id:*']},
        {"generic": [""]},
        {"set_ids": ["471baba2"]},
        {"generic": ["estradiol"], "page_size": 1001},
        {"drugs": ["estradiol"]},
    ],
)
def test_what_cannot_be_asked_is_refused(asked: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        Follow.model_validate(asked)


def test_the_recorded_answers_are_read(shared: Path) -> None:
    folder = shared / "data"
    first = (folder / "refresh/openfda/label_keytruda_20260811.json").read_bytes()
    page = page_of(Answered("keytruda", 200, {"content-type": "application/json"}, first))
    assert (page.total, len(page.records), page.following) == (2, 2, None)
    link = next(
        line.partition("link: ")[2].strip().rstrip(";")
        for line in (folder / "refresh/openfda/test-paging.yml").read_text(encoding="utf-8").splitlines()
        if line.strip().startswith("link: ")
    )
    following = page_of(Answered("paging", 200, {"link": f'{link}; rel="next"'}, first)).following
    assert following is not None
    assert following["search_after"] == "0=YEwDMJgBCsORzztAE_Kv"
    nothing = page_of(Answered("none", 404, {}, (folder / "labels/openfda/404.json").read_bytes()))
    assert (nothing.total, nothing.records) == (0, ())
    for name in ("missingopenfda.json", "empty.json", "missingresults.json"):
        with pytest.raises(Rubbish):
            page_of(Answered(name, 200, {}, (folder / "labels/openfda" / name).read_bytes()))


def test_a_name_that_nothing_has_is_told_of(tmp_path: Path) -> None:
    follow = {"generic": ["drugamab-aqqg", "drugamab-aqg"], "brand": ["Drugity"], "set_ids": [set_id(0), set_id(7)]}
    with following(tmp_path, Service([record(0)], {}), follow) as (connector, _):
        assert [item.id for item in connector.listed(Known({}))] == [set_id(0)]
        assert connector.unmatched == ['generic_name "drugamab-aqg"', f'set_id "{set_id(7)}"']
    with following(tmp_path, Service([record(0)], {}), {"generic": ["drugamab"], "exact": False}, "two") as (other, _):
        assert [item.id for item in other.listed(Known({}))] == [set_id(0)]
        assert other.unmatched == []
