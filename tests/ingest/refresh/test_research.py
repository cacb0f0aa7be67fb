"""A paper that is held from one source, and what another one comes to say of it: four states over real HTTP."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from corpus.document import Document, Integrity, Section, SourceKind
from corpus.store import Store
from ingest.connectors.base import Services, sources
from ingest.fetching.client import Patience
from ingest.refresh.job import Means, Published, refresh
from ingest.refresh.report import RefreshReport
from tests.ingest.faking import WholeSplitter
from tests.ingest.refresh.shelf import Follows
from tests.replay.pmc import Pmc
from tests.replay.pubmed import PubMed, link, record
from tests.replay.server import replaying

QUICK = Patience(attempts=2, first_wait_s=0.01, longest_wait_s=0.02, jitter_s=0.0)
JATS = (
    b'<article xmlns:xlink="http://www.w3.org/1999/xlink"><front><article-meta><article-id pub-id-type="pmid">77'
    b'</article-id><article-id pub-id-type="doi">10.1002/Bones.77</article-id><title-group><article-title>Bones'
    b'</article-title></title-group><permissions><license xlink:href="https://creativecommons.org/licenses/by/4.0/"/>'
    b"</permissions></article-meta></front><body><p>Bones were weighed.</p></body></article>"
)
Refresh = Callable[[], RefreshReport]


@pytest.fixture
def pubmed() -> PubMed:
    """Return a library that has the paper and one other."""
    return PubMed({"77": record("77", "Bones."), "88": record("88", "Teeth.")})


@pytest.fixture
def run(pubmed: PubMed, store: Store, tmp_path: Path) -> Iterator[Refresh]:
    """Yield a refresh that takes the full text from PMC, and teeth from PubMed."""
    pmc = Pmc()
    pmc.put("PMC7", JATS, pmid=77)
    asked = {"pmc": {"pmcids": ["PMC7"]}, "pubmed": {"queries": ["teeth"], "pmids": ["4040404"]}}
    follow = {name: sources()[name].Follow.model_validate(what) for name, what in asked.items()}
    with ExitStack() as stack:
        services = Services(
            pmc=stack.enter_context(replaying(pmc)).url, eutils=stack.enter_context(replaying(pubmed)).url
        )
        means = Means(
            tmp_path / "home", store, WholeSplitter(), lambda held: Published(held.fingerprint()[:16], 0),
            services=services, patience=QUICK,
        )  # fmt: skip
        yield lambda: refresh(Follows(follow, folder=tmp_path), means)


def say(pubmed: PubMed, pmid: str, links: str, types: tuple[str, ...] = ()) -> None:
    """Make a record say something, today."""
    pubmed.records[pmid] = record(pmid, "Teeth." if pmid == "88" else "Bones.", links=links, types=types)
    pubmed.modified[pmid] = datetime.now(UTC).date()


def held(store: Store) -> Document:
    return store.get("pmid:77")


@pytest.mark.parametrize(
    ("kind", "state"),
    [
        ("RetractionIn", Integrity.RETRACTED),
        ("ExpressionOfConcernIn", Integrity.CONCERN),
        ("CorrectedandRepublishedIn", Integrity.SUPERSEDED),
        ("ErratumIn", Integrity.CORRECTED),
        ("CommentIn", Integrity.CURRENT),
    ],
)
def test_what_pubmed_says_later_reaches_the_full_text_that_pmc_gave(
    run: Refresh, pubmed: PubMed, store: Store, kind: str, state: Integrity
) -> None:
    for _ in range(2):  # the second one begins to watch what the first one brought
        run()
    assert held(store).integrity is Integrity.CURRENT
    say(pubmed, "77", link(kind, "Bone 2026. doi: 10.1002/notice.", "99"))
    report = run()
    assert held(store).integrity is state
    assert held(store).sections[0].text == "Bones were weighed."
    assert [one.key for one in report.standings] == ([] if state is Integrity.CURRENT else ["pmid:77"])
    assert run().standings == []


@pytest.mark.parametrize(("reference", "pmid"), [("Bones", "77"), ("Bone 2020. doi: 10.1002/BONES.77.", "")])
def test_a_notice_in_the_collection_reaches_the_paper_by_pmid_and_by_doi(
    run: Refresh, pubmed: PubMed, store: Store, reference: str, pmid: str
) -> None:
    run()
    say(pubmed, "88", link("RetractionOf", reference, pmid), ("Retraction of Publication",))
    run()
    assert held(store).integrity is Integrity.RETRACTED
    assert store.get("pmid:88").integrity is Integrity.CURRENT


def test_a_correction_after_a_retraction_lifts_nothing(run: Refresh, pubmed: PubMed, store: Store) -> None:
    run()
    say(pubmed, "88", link("RetractionOf", "Bones", "77"))
    run()
    say(pubmed, "88", link("ErratumFor", "Bones", "77"))
    run()
    assert held(store).integrity is Integrity.RETRACTED


def test_a_pmid_that_nobody_has_is_told_of_in_every_run(run: Refresh) -> None:
    for _ in range(2):
        (told,) = [line for source in run().sources for line in source.told]
        assert told == "4040404: PubMed has no record with PMID 4040404"


def test_a_digest_that_is_held_by_its_doi_alone_is_found_to_be_retracted(
    run: Refresh, pubmed: PubMed, store: Store
) -> None:
    text = (Section(("Result",), "Gums were firm."),)
    doi = (("doi", "10.1016/S0140-6736(17)Gums"),)
    digest = Document(f"doi:{doi[0][1]}", SourceKind.RESEARCH, "Gums.", text, identifiers=doi, digest_of="Gums.")
    store.add(digest, origin=store.keep_raw(b"gums", name="gums.md", retrieved=date(2026, 1, 1), address=""))
    pubmed.records["99"] = record("99", "Gums.", doi="10.1016/s0140-6736(17)gums")
    run()
    assert store.get(digest.key).integrity is Integrity.CURRENT
    notice = link("RetractionIn", "Lancet. 2026;1:1.", "100")
    pubmed.records["99"] = record("99", "Gums.", doi="10.1016/s0140-6736(17)gums", links=notice)
    pubmed.modified["99"] = datetime.now(UTC).date()
    report = run()
    assert [(one.key, one.became) for one in report.standings] == [(digest.key, "retracted")]
    assert "Lancet. 2026;1:1." in store.get(digest.key).notice
