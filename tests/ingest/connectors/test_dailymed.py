"""DailyMed's labels: lists as it pages them, every version of a label, documents that are not what was asked for."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from pydantic import ValidationError

from corpus.errors import Rubbish
from ingest.connectors.base import Fetched, Item, Known
from ingest.connectors.dailymed import DailyMed, Follow, connect
from ingest.connectors.dailymed_files import from_archive
from ingest.connectors.dailymed_pages import Pages, labels_of, page_of
from ingest.fetching.client import Answered, Client, Patience
from ingest.fetching.kept import KeptAnswers
from ingest.readers.base import read_any
from tests.replay.dailymed import DailyMed as Service
from tests.replay.dailymed import archive_of, next_version
from tests.replay.server import HTML_ERROR, Replay, Reply, Request, replaying

QUICK = Patience(attempts=2, first_wait_s=0.01, longest_wait_s=0.02, jitter_s=0.0)
NOTHING_KNOWN = Known({})
A, B = "0aaaaaaa-0000-4000-8000-000000000001", "0bbbbbbb-0000-4000-8000-000000000002"


def spl(set_id: str, version: int = 1, text: str = "Take one tablet.") -> bytes:
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<document xmlns="urn:hl7-org:v3"><id root="1"/><code code="34391-3" displayName="HUMAN PRESCRIPTION DRUG LABEL"/>
<title>DRUGITY (drugamab)</title><effectiveTime value="2026010{version}"/><setId root="{set_id}"/>
<versionNumber value="{version}"/><component><structuredBody><component><section><code code="34068-7"/>
<title>2 DOSAGE AND ADMINISTRATION</title><text><paragraph>{text}</paragraph></text></section></component>
</structuredBody></component></document>""".encode()


@pytest.fixture
def service() -> Service:
    return Service({A: [spl(A, 1), spl(A, 3, "Take two tablets."), spl(A, 4, "Take three tablets.")], B: [spl(B)]})


@contextmanager
def following(folder: Path, service: Service, run: str = "one", **follow: Any) -> Iterator[tuple[DailyMed, Replay]]:
    with replaying(service) as server, Client(KeptAnswers(folder, run), patience=QUICK) as client:
        asked = Follow.model_validate(follow or {"names": ["drugamab"]})
        yield connect(asked, client, service.services(server.url), folder), server


def fetched(connector: DailyMed, *items: Item) -> list[Fetched]:
    return list(connector.fetch(items))


def test_version_and_date_are_the_revision(service: Service, tmp_path: Path) -> None:
    with following(tmp_path, service) as (connector, _):
        assert list(connector.listed(NOTHING_KNOWN)) == [Item(A, "4 Jan 04, 2026"), Item(B, "1 Jan 01, 2026")]


def test_pages_are_followed_by_their_number_whatever_host_they_name(service: Service, tmp_path: Path) -> None:
    with following(tmp_path, service, names=["drugamab"], page_size=1) as (connector, server):
        assert [item.id for item in connector.listed(NOTHING_KNOWN)] == [A, B]
        asked = [(one.query["page"], one.query["pagesize"], one.query["name_type"]) for one in server.asked]
        assert asked == [("1", "1", "both"), ("2", "1", "both")]


def test_a_label_is_followed_by_name_set_id_and_application_number_but_listed_once(
    service: Service, tmp_path: Path
) -> None:
    by: dict[str, Any] = {"set_ids": [A.upper()], "application_numbers": ["DRUGITY"]}
    with following(tmp_path, service, "one", names=["drugamab"], **by) as (connector, server):
        assert [item.id for item in connector.listed(NOTHING_KNOWN)] == [A, B]
        asked = [{k for k in one.query if k not in ("page", "pagesize", "name_type")} for one in server.asked]
        assert asked == [{"drug_name"}, {"application_number"}, {"setid"}]


def test_every_version_is_listed_and_the_current_one_is_fetched_last(service: Service, tmp_path: Path) -> None:
    with following(tmp_path, service, set_ids=[A], history=True) as (connector, _):
        items = list(connector.listed(NOTHING_KNOWN))
        assert [item.id for item in items] == [f"{A}#1", f"{A}#3", A]
        given = fetched(connector, *reversed(items))
    assert [one.id for one in given] == [f"{A}#1", f"{A}#3", A]
    documents = [read_any(one.file)[0] for one in given if one.file]
    assert [(one.key, one.version) for one in documents] == [(f"spl:{A}", "1"), (f"spl:{A}", "3"), (f"spl:{A}", "4")]
    assert [one.sections[0].text for one in documents] == [
        "Take one tablet.",
        "Take two tablets.",
        "Take three tablets.",
    ]


def test_a_version_that_was_current_is_the_same_document_from_the_archive(service: Service, tmp_path: Path) -> None:
    with following(tmp_path, service, set_ids=[B]) as (connector, _):
        (current,) = fetched(connector, Item(B, "1 Jan 01, 2026"))
    service.labels[B].append(next_version(service.labels[B][-1]))
    with following(tmp_path, service, "two", set_ids=[B], history=True) as (connector, _):
        earlier, _ = fetched(connector, *connector.listed(NOTHING_KNOWN))
    assert (earlier.id, earlier.file) == (f"{B}#1", current.file)


def test_an_archive_that_cannot_be_had_stops_nothing_and_is_asked_for_again(service: Service, tmp_path: Path) -> None:
    service.archives[A, 1] = archive_of(spl(B))
    service.archives[A, 3] = archive_of(spl(A, 3))[:-40]
    with following(tmp_path, service, set_ids=[A], history=True) as (connector, _):
        first, third, current = fetched(connector, *connector.listed(NOTHING_KNOWN))
    assert (first.file, first.revision) == (None, "")
    assert f"of set id '{B}', expected {A}" in first.reason
    assert "damaged or cut short" in third.reason
    assert current.file is not None
    service.archives.clear()
    with following(tmp_path, service, set_ids=[A], history=True) as (connector, _):
        assert all(one.file for one in fetched(connector, *connector.listed(NOTHING_KNOWN)))


def test_the_documents_own_number_is_remembered_where_the_list_lags(service: Service, tmp_path: Path) -> None:
    with following(tmp_path, service) as (connector, _):
        (newer,) = fetched(connector, Item(A, "3 Jan 03, 2026"))
    assert newer.revision == "4"


def test_a_listed_label_without_a_document_is_not_taken_for_withdrawn(service: Service, tmp_path: Path) -> None:
    with following(tmp_path, service) as (connector, server):
        server.faults = [Reply(b"", 404)]
        (missing,) = fetched(connector, Item(A, "4 Jan 04, 2026"))
    assert (missing.gone, missing.file, missing.revision) == (False, None, "")
    assert "lists the label and has no document of it" in missing.reason


def test_an_earlier_version_is_gone_with_its_label_alone(service: Service, tmp_path: Path) -> None:
    del service.labels[B]
    with following(tmp_path, service) as (connector, _):
        assert list(connector.gone([A, f"{A}#1", f"{A}#2", B, f"{B}#1"])) == [B, f"{B}#1"]


def test_a_page_or_another_label_in_place_of_a_document_is_rubbish(service: Service, tmp_path: Path) -> None:
    for wrong, said in ((HTML_ERROR, "expected an SPL document"), (Reply.xml(spl(B)), f"expected {A}")):
        with following(tmp_path, service) as (connector, server):
            server.faults = [wrong]
            with pytest.raises(Rubbish, match=said):
                fetched(connector, Item(A, "4 Jan 04, 2026"))
            assert fetched(connector, Item(A, "4 Jan 04, 2026"))[0].file is not None


def test_a_damaged_document_is_told_of_and_the_others_are_fetched(service: Service, tmp_path: Path) -> None:
    service.labels[A].append(spl(A, 5, "Take one tablet. " * 100).replace(b"</section>", b""))
    with following(tmp_path, service) as (connector, _):
        damaged, sound = fetched(connector, Item(A, "5 Jan 05, 2026"), Item(B, "1 Jan 01, 2026"))
    assert (damaged.file, damaged.revision) == (None, "")
    assert "not well-formed XML" in damaged.reason
    assert sound.file is not None


class Broken(Service):
    """A service whose lists are altered on the way out."""

    alter: Any = None

    def answer(self, request: Request) -> Reply:
        reply = super().answer(request)
        if not request.path.endswith(".json") or self.alter is None:
            return reply
        said = json.loads(reply.body)
        self.alter(said)
        return replace(reply, body=json.dumps(said).encode())


def one_lost(said: Any) -> None:
    del said["data"][0]


def last_page_too_soon(said: Any) -> None:
    said["metadata"]["next_page"] = "null"


def another_page(said: Any) -> None:
    said["metadata"]["current_page"] = "1"
    said["metadata"]["next_page"] = "2"


def without_version(said: Any) -> None:
    said["data"][0]["spl_version"] = "null"


def strangely_named(said: Any) -> None:
    said["data"][0]["setid"] = "../../getFile.cfm"


def without_metadata(said: Any) -> None:
    del said["metadata"]


@pytest.mark.parametrize(
    ("alter", "said"),
    [
        (one_lost, "gave 0 of 2 entries on 1 pages"),
        (last_page_too_soon, "gave 1 of 2 entries on 1 pages"),
        (another_page, "answered with page 1, followed by 2, expected page 2"),
        (without_version, "expected DailyMed's metadata and entries"),
        (strangely_named, "is no set id"),
        (without_metadata, "expected DailyMed's metadata and entries"),
    ],
)
def test_lists_that_are_not_whole_are_refused_and_asked_for_again(
    service: Service, tmp_path: Path, alter: Any, said: str
) -> None:
    broken = Broken(service.labels)
    broken.alter = alter
    with (
        following(tmp_path, broken, names=["drugamab"], page_size=1) as (connector, _),
        pytest.raises(Rubbish, match=said),
    ):
        list(connector.listed(NOTHING_KNOWN))
    broken.alter = None
    with following(tmp_path, broken, names=["drugamab"], page_size=1) as (connector, _):
        assert [item.id for item in connector.listed(NOTHING_KNOWN)] == [A, B]


@pytest.mark.parametrize(
    "asked", [{}, {"names": [""]}, {"set_ids": ["471baba2"]}, {"names": ["estradiol"], "page_size": 101}]
)
def test_what_cannot_be_asked_is_refused(asked: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        Follow.model_validate(asked)


def test_the_recorded_answers_are_read(shared: Path, tmp_path: Path) -> None:
    folder = shared / "data/refresh/dailymed"
    listed = Answered("list", 200, {}, (folder / "test_index_page.json").read_bytes())

    class Recorded:
        def answer(self, request: Request) -> Reply:
            return Reply.json((folder / "test_history.json").read_bytes())

    set_id = "9525f887-a055-4e33-8e92-898d42828cd1"
    with replaying(Recorded()) as server, Client(KeptAnswers(tmp_path, "one"), patience=QUICK) as client:
        pages = Pages(client, Service({}).services(server.url), 100)
        assert [(one.version, one.published) for one in pages.history(set_id)] == [
            (3, "May 02, 2019"),
            (1, "Dec 06, 2018"),
        ]
        with pytest.raises(Rubbish, match=f"it is the history of {set_id}"):
            list(pages.history(A))
        page = page_of(listed, 1, partial(labels_of, set_id=None))
    assert (page.total, len(page.entries), page.following) == (138802, 100, 2)
    rogaine = "1b5e2860-6855-4a65-8bbc-e064172a1adf"
    archive = Answered("archive", 200, {}, (folder / f"{rogaine}_1.zip").read_bytes())
    assert from_archive(archive, rogaine, 1).data == (folder / "ab36b844-19de-4340-b32b-5e3abdaa5895.xml").read_bytes()
