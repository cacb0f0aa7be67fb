"""PMC's dataset over real HTTP: versions, licences of metadata and article, retractions, texts that are not whole."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from pydantic import ValidationError

from corpus.document import Document, Integrity
from corpus.errors import Rubbish, SourceRefused, Unavailable
from ingest.connectors.base import Fetched, Item, Known
from ingest.connectors.pmc import Follow, Pmc, connect
from ingest.fetching.client import Client, Patience
from ingest.fetching.kept import KeptAnswers
from ingest.readers.base import read_any
from tests.replay.pmc import Pmc as StandIn
from tests.replay.pmc import stand_in
from tests.replay.server import HTML_ERROR, Replay, Reply, replaying

QUICK = Patience(attempts=3, first_wait_s=0.01, longest_wait_s=0.02, jitter_s=0.0, deadline_s=2.0, read_s=2.0)
JATS = """<article article-type="{kind}" xmlns:xlink="http://www.w3.org/1999/xlink"><front><article-meta>
<article-id pub-id-type="pmid">77</article-id><article-id pub-id-type="pmc">7</article-id>
<title-group><article-title>Bones</article-title></title-group>{related}{permissions}</article-meta></front>
<body><p>Bones were weighed.</p></body></article>"""
BY = (
    '<permissions><license xlink:href="http://creativecommons.org/licenses/by/4.0/"><license-p>Open access.</license-p>'
    "</license></permissions>"
)


def jats(permissions: str = BY, related: str = "", kind: str = "research-article") -> bytes:
    return JATS.format(permissions=permissions, related=related, kind=kind).encode()


@pytest.fixture
def bucket() -> StandIn:
    made = StandIn()
    made.put("PMC7", jats(), pmid=77, doi="10.1/Bones")
    return made


@pytest.fixture
def server(bucket: StandIn) -> Iterator[Replay]:
    with replaying(bucket) as replay:
        yield replay


@contextmanager
def connected(
    bucket: StandIn, server: Replay, folder: Path, *pmcids: str, run: str = "one", **follow: object
) -> Iterator[tuple[Pmc, Client]]:
    asked = Follow.model_validate({"pmcids": list(pmcids or ("PMC7",)), **follow})
    with Client(KeptAnswers(folder / "kept", run), patience=QUICK) as client:
        yield connect(asked, client, bucket.services(server.url), folder), client


def all_of(
    bucket: StandIn, server: Replay, folder: Path, *pmcids: str, run: str = "one", **follow: object
) -> list[Fetched]:
    with connected(bucket, server, folder, *pmcids, run=run, **follow) as (pmc, _):
        return list(pmc.fetch(list(pmc.listed(Known({})))))


def document(fetched: Fetched) -> Document:
    assert fetched.file is not None, fetched.reason
    (made,) = read_any(fetched.file)
    return made


@pytest.mark.shared
def test_recorded_articles_are_kept_where_their_licence_allows_it(shared: Path, tmp_path: Path) -> None:
    bucket = stand_in(shared)
    with replaying(bucket) as server:
        got = {one.id: one for one in all_of(bucket, server, tmp_path, *bucket.follow["pmcids"])}
    assert {id for id, one in got.items() if one.file} == {"PMC3166277", "PMC3574550", "PMC1790863"}
    assert "not in the open-access subset (licence TDM)" in got["PMC3040717"].reason
    assert got["PMC9984800"].reason == "PMC has no JATS of PMC9984800.1"
    assert got["PMC3040717"].revision == "1 348b9f280236bacf990c973780ad92c5 TDM, not open access"
    assert document(got["PMC3166277"]).key == "pmid:21810267"
    assert not any(one.path.endswith("PMC3040717.1.xml") for one in server.asked)


@pytest.mark.shared
def test_the_recorded_text_has_the_md5_that_its_recorded_metadata_name(shared: Path, tmp_path: Path) -> None:
    bucket = stand_in(shared)
    about = json.loads(bucket.objects["PMC3040717.1/PMC3040717.1.json"])
    about |= {"is_pmc_openaccess": True, "license_code": "CC BY"}
    bucket.objects["PMC3040717.1/PMC3040717.1.json"] = json.dumps(about).encode()
    with replaying(bucket) as server:
        (one,) = all_of(bucket, server, tmp_path, "PMC3040717")
    assert one.file is None  # open for PMC, but its own words allow mining alone
    assert one.reason == "the licence of PMC3040717 is CC BY by PMC, with the article's own words TDM: not kept"


def test_two_requests_tell_that_nothing_has_changed(bucket: StandIn, server: Replay, tmp_path: Path) -> None:
    with connected(bucket, server, tmp_path) as (pmc, _):
        (first,) = pmc.listed(Known({}))
    assert [asked.path for asked in server.asked] == ["/", "/PMC7.1/PMC7.1.json"]
    with connected(bucket, server, tmp_path, run="two") as (pmc, client):
        assert list(pmc.listed(Known({}))) == [first]
        assert (client.requests, client.unchanged) == (2, 1)


def test_the_newest_version_is_fetched_and_a_tenth_comes_after_a_ninth(
    bucket: StandIn, server: Replay, tmp_path: Path
) -> None:
    bucket.put("PMC7", jats().replace(b"weighed", b"measured"), version=9)
    bucket.put("PMC7", jats().replace(b"weighed", b"counted"), version=10)
    bucket.put("PMC71", jats())
    (one,) = all_of(bucket, server, tmp_path)
    assert document(one).sections[0].text == "Bones were counted."
    assert one.revision.startswith("10 ")


def test_another_text_licence_or_standing_is_another_revision(bucket: StandIn, server: Replay, tmp_path: Path) -> None:
    revisions = []
    others: list[dict[str, Any]] = [{}, {"code": "CC BY-NC"}, {"is_retracted": True}, {"is_pmc_openaccess": False}]
    for n, other in enumerate(others):
        bucket.put("PMC7", jats(), **other)
        revisions.append(all_of(bucket, server, tmp_path, run=f"run {n}")[0].revision)
    assert len(set(revisions)) == 4


def test_the_licence_reaches_the_document_as_the_article_states_it(
    bucket: StandIn, server: Replay, tmp_path: Path
) -> None:
    (one,) = all_of(bucket, server, tmp_path)
    assert one.file is not None
    assert one.file.data == jats()  # kept as it was fetched
    assert document(one).licence == "Open access.; http://creativecommons.org/licenses/by/4.0/"


def test_of_two_licences_the_stricter_holds_and_the_document_says_so(
    bucket: StandIn, server: Replay, tmp_path: Path
) -> None:
    bucket.put("PMC7", jats(), code="CC BY-NC")
    (one,) = all_of(bucket, server, tmp_path)
    assert document(one).licence.endswith("PMC states the licence CC BY-NC, the article CC BY: CC BY-NC holds")
    (refused,) = all_of(bucket, server, tmp_path, run="two", licences=["CC BY"])
    assert (refused.file, refused.reason) == (None, "the licence of PMC7, CC BY-NC, is not among those kept")


def test_an_article_stricter_than_its_metadata_is_not_kept(bucket: StandIn, server: Replay, tmp_path: Path) -> None:
    bucket.put("PMC7", jats(BY.replace("/by/", "/by-nc-nd/")), code="CC BY-SA")
    (one,) = all_of(bucket, server, tmp_path)
    assert document(one).licence.endswith("PMC states the licence CC BY-SA, the article CC BY-NC-ND: CC BY-NC-ND holds")
    (refused,) = all_of(bucket, server, tmp_path, run="two", licences=["CC BY", "CC BY-SA"])
    assert refused.file is None
    assert "with the article's own words CC BY-NC-ND: not kept" in refused.reason


def test_an_article_that_states_no_licence_has_that_of_its_metadata(
    bucket: StandIn, server: Replay, tmp_path: Path
) -> None:
    bucket.put("PMC7", jats(""), code="CC BY")
    assert document(all_of(bucket, server, tmp_path)[0]).licence == "PMC states the licence CC BY"


@pytest.mark.parametrize("code", ["TDM", "NO-CC CODE", None])
def test_without_a_licence_that_allows_it_no_text_is_fetched(
    bucket: StandIn, server: Replay, tmp_path: Path, code: str | None
) -> None:
    bucket.put("PMC7", jats(), license_code=code)
    (one,) = all_of(bucket, server, tmp_path)
    assert (one.file, one.gone) == (None, False)
    assert f"{code or 'none'}, is not among those kept" in one.reason
    assert not any(asked.path.endswith(".xml") for asked in server.asked)


def test_a_retraction_is_told_on_all_identifiers_even_of_a_text_that_is_not_kept(
    bucket: StandIn, server: Replay, tmp_path: Path
) -> None:
    bucket.put("PMC7", jats(), code="TDM", is_retracted=True, pmid=77, doi="10.1/Bones")
    (one,) = all_of(bucket, server, tmp_path)
    (notice,) = one.notices
    assert notice.identifiers == (("pmid", "77"), ("pmcid", "pmc7"), ("doi", "10.1/bones"))
    assert (notice.state, notice.why) == (Integrity.RETRACTED, "PMC marks PMC7 as retracted")


@pytest.mark.parametrize(
    ("kind", "state"),
    [
        ("retracted-article", Integrity.RETRACTED),
        ("partial-retraction", Integrity.CONCERN),
        ("object-of-concern", Integrity.CONCERN),
        ("corrected-article", Integrity.CORRECTED),
        ("republished-article", Integrity.SUPERSEDED),
    ],
)
def test_a_notice_tells_of_the_article_that_it_names(
    bucket: StandIn, server: Replay, tmp_path: Path, kind: str, state: Integrity
) -> None:
    related = f'<related-article related-article-type="{kind}" ext-link-type="doi" xlink:href="10.1/OLD"/>'
    bucket.put("PMC7", jats(related=related, kind="correction"))
    (notice,) = all_of(bucket, server, tmp_path)[0].notices
    assert (notice.identifiers, notice.state) == ((("doi", "10.1/old"),), state)


@pytest.mark.parametrize("kind", ["retraction", "research-article", "other"])
def test_the_text_of_a_notice_is_not_taken_as_evidence(
    bucket: StandIn, server: Replay, tmp_path: Path, kind: str
) -> None:
    related = '<related-article related-article-type="retracted-article" ext-link-type="doi" xlink:href="10.1/OLD"/>'
    bucket.put("PMC7", jats(related=related, kind=kind))
    (one,) = all_of(bucket, server, tmp_path)
    assert one.file is None and one.reason.startswith("a notice (Retraction Notice)")
    assert [notice.state for notice in one.notices] == [Integrity.RETRACTED]


def test_an_article_that_replaces_what_was_retracted_is_taken(bucket: StandIn, server: Replay, tmp_path: Path) -> None:
    related = '<related-article related-article-type="retracted-article" ext-link-type="doi" xlink:href="10.1/OLD"/>'
    bucket.put(
        "PMC7", jats(related=f"{related}{BY}<abstract><p>Bones were weighed anew.</p></abstract>", permissions="")
    )
    (one,) = all_of(bucket, server, tmp_path)
    assert document(one).title == "Bones"
    assert [notice.state for notice in one.notices] == [Integrity.RETRACTED]


def test_an_article_tells_what_became_of_it(bucket: StandIn, server: Replay, tmp_path: Path) -> None:
    related = '<related-article related-article-type="retraction-forward" ext-link-type="doi" xlink:href="10.1/R"/>'
    bucket.put("PMC7", jats(related=related))
    (one,) = all_of(bucket, server, tmp_path)
    assert [(notice.identifiers, notice.state) for notice in one.notices] == [
        ((("pmid", "77"), ("pmcid", "pmc7")), Integrity.RETRACTED)
    ]
    assert document(one).integrity is Integrity.RETRACTED


def test_a_text_that_is_not_the_one_named_is_asked_for_again(bucket: StandIn, server: Replay, tmp_path: Path) -> None:
    server.when = lambda request: request.path.endswith(".xml")
    server.faults = [Reply(jats()[:200])]
    assert document(all_of(bucket, server, tmp_path)[0]).title == "Bones"
    server.faults = [Reply(b"another")] * 3
    with pytest.raises(Unavailable, match=r"its MD5 is .*, that in its metadata"):
        all_of(bucket, server, tmp_path, run="two")


def test_an_article_under_another_s_name_is_rubbish(bucket: StandIn, server: Replay, tmp_path: Path) -> None:
    bucket.put("PMC8", jats())
    with pytest.raises(Rubbish, match="answered with the article PMC7, expected PMC8"):
        all_of(bucket, server, tmp_path, "PMC8")


def test_what_the_dataset_does_not_hold_is_gone(bucket: StandIn, server: Replay, tmp_path: Path) -> None:
    with connected(bucket, server, tmp_path, "PMC7", "PMC9") as (pmc, _):
        assert list(pmc.listed(Known({})))[1] == Item("PMC9", "")
        (one,) = pmc.fetch([Item("PMC9")])
        assert (one.gone, one.reason) == (True, "the dataset of PMC does not hold PMC9")
        assert list(pmc.gone(["PMC7", "PMC9"])) == ["PMC9"]


@pytest.mark.parametrize("path", ["/", "/PMC7.1/PMC7.1.json"])
@pytest.mark.parametrize("said", [HTML_ERROR, Reply.json(b"[]"), Reply.json(b'{"pmcid": "PMC8", "version": 1}')])
def test_rubbish_is_refused_and_not_kept(
    bucket: StandIn, server: Replay, tmp_path: Path, path: str, said: Reply
) -> None:
    server.when = lambda request: request.path == path
    server.faults = [said]
    with pytest.raises(Rubbish):
        all_of(bucket, server, tmp_path)
    assert all_of(bucket, server, tmp_path)[0].file is not None


def test_a_version_without_metadata_stops_the_source(bucket: StandIn, server: Replay, tmp_path: Path) -> None:
    del bucket.objects["PMC7.1/PMC7.1.json"]
    with pytest.raises(SourceRefused, match="answered 404"):
        all_of(bucket, server, tmp_path)


@pytest.mark.parametrize(
    ("asked", "why"),
    [
        ({"pmcids": []}, "at least 1"),
        ({"pmcids": ["20516115"]}, "'20516115' is not a PMCID"),
        ({"pmcids": ["PMC1"], "licences": ["TDM"]}, "'TDM' is not a licence that allows to keep a text"),
    ],
)
def test_what_a_collection_may_not_ask_is_refused(asked: dict[str, object], why: str) -> None:
    with pytest.raises(ValidationError, match=why):
        Follow.model_validate(asked)
