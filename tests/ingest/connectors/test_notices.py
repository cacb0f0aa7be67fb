"""Four states of a publication, each from links that say so, joined on PMID and DOI; a correction is no retraction."""

from pathlib import Path

import pytest
from lxml import etree

from corpus.document import Integrity
from ingest.connectors.base import Notice
from ingest.connectors.notices import Link, about_itself, about_others, doi_in, named, pubmed_notices
from tests.replay.pubmed import link, record

REFERENCE = "Lancet. 2010 Feb 6;375(9713):445. doi: 10.1016/S0140-6736(10)60175-4."
OWN = (("pmid", "11"), ("doi", "10.1/own"))
OTHER = (("pmid", "22"), ("doi", "10.1016/s0140-6736(10)60175-4"))


def notices(*links: str, types: tuple[str, ...] = (), title: str = "Bones.") -> tuple[Notice, ...]:
    return pubmed_notices(etree.fromstring(record("11", title, types=types, links="".join(links), doi="10.1/OWN")))


@pytest.mark.parametrize(
    ("kind", "state"),
    [
        ("RetractionIn", Integrity.RETRACTED),
        ("RetractedandRepublishedIn", Integrity.RETRACTED),
        ("PartialRetractionIn", Integrity.CONCERN),
        ("ExpressionOfConcernIn", Integrity.CONCERN),
        ("ErratumIn", Integrity.CORRECTED),
        ("CorrectedandRepublishedIn", Integrity.SUPERSEDED),
        ("UpdateIn", Integrity.SUPERSEDED),
    ],
)
def test_what_happened_to_a_record_is_told_of_itself(kind: str, state: Integrity) -> None:
    (notice,) = notices(link(kind, REFERENCE, "22"))
    assert (notice.identifiers, notice.state) == (OWN, state)
    assert notice.why.startswith("PubMed: ")
    assert "375(9713):445" in notice.why
    assert "(PMID 22)" in notice.why


@pytest.mark.parametrize(
    ("kind", "state", "does"),
    [
        ("RetractionOf", Integrity.RETRACTED, "retracts it"),
        ("RetractedandRepublishedFrom", Integrity.RETRACTED, "replaces it after its retraction"),
        ("PartialRetractionOf", Integrity.CONCERN, "retracts a part of it"),
        ("ExpressionOfConcernFor", Integrity.CONCERN, "expresses concern about it"),
        ("ErratumFor", Integrity.CORRECTED, "corrects it"),
        ("CorrectedandRepublishedFrom", Integrity.SUPERSEDED, "replaces it, corrected"),
        ("UpdateOf", Integrity.SUPERSEDED, "is an update of it"),
    ],
)
def test_what_a_record_does_to_another_is_told_of_the_other(kind: str, state: Integrity, does: str) -> None:
    (notice,) = notices(link(kind, REFERENCE, "22"), title="A notice.")
    assert notice == Notice(OTHER, state, f'PMID 11, "A notice.", {does}')


@pytest.mark.parametrize(
    "kind", ["CommentIn", "CommentOn", "Cites", "ReprintIn", "SummaryForPatientsIn", "AssociatedDataset"]
)
def test_comments_and_citations_say_nothing_of_standing(kind: str) -> None:
    assert notices(link(kind, REFERENCE, "22")) == ()


def test_the_publication_type_alone_retracts() -> None:
    (notice,) = notices(types=("Retracted Publication",))
    assert (notice.state, notice.why) == (Integrity.RETRACTED, 'PubMed: publication type "Retracted Publication"')


@pytest.mark.parametrize(
    "kind", ["Retraction of Publication", "Retraction Notice", "Expression of Concern", "Published Erratum"]
)
def test_a_notice_is_itself_not_what_it_says_of_another(kind: str) -> None:
    title = "Retracted: an earlier article." if kind.startswith("Retraction") else "About an earlier article."
    assert notices(types=(kind,), title=title) == ()


def test_a_correction_is_never_called_a_retraction() -> None:
    found = notices(link("ErratumIn", REFERENCE, "22"), link("ErratumFor", "Bone. 2001.", "33"))
    assert [notice.state for notice in found] == [Integrity.CORRECTED, Integrity.CORRECTED]
    assert not any("retract" in notice.why.lower() for notice in found)


def test_of_several_states_the_severest_is_told_once_with_every_reason() -> None:
    (notice,) = notices(
        link("ErratumIn", "First. 2001.", "22"), link("RetractionIn", "Second. 2003.", "33"),
        link("ExpressionOfConcernIn", "Third. 2002.", "44"),
    )  # fmt: skip
    assert notice.state == Integrity.RETRACTED
    order = [notice.why.index(word) for word in ("Second", "Third", "First")]
    assert order == sorted(order)
    (other,) = notices(link("ErratumFor", "Bone. 2001.", "22"), link("RetractionOf", "Bone. 2001.", "22"))
    assert other.state == Integrity.RETRACTED


def test_a_retraction_of_several_papers_tells_of_each() -> None:
    found = notices(link("RetractionOf", "Bone. 2001.", "22"), link("RetractionOf", "Bone. 2002. doi: 10.1002/B.", ""))
    assert [notice.identifiers for notice in found] == [(("pmid", "22"),), (("doi", "10.1002/b"),)]


def test_a_link_that_names_nothing_tells_nothing() -> None:
    assert notices(link("RetractionOf", "Bone. 2001.")) == ()


@pytest.mark.shared
def test_the_recorded_retraction_is_read(shared: Path) -> None:
    root = etree.parse(shared / "data/refresh/eutils/retracted_9500320_excerpt.xml").getroot()
    (notice,) = pubmed_notices(root[0])
    assert (notice.identifiers, notice.state) == ((("pmid", "9500320"),), Integrity.RETRACTED)
    assert "Retraction in: Lancet. 2010 Feb 6" in notice.why
    assert "Expression of concern in: Eur J Gastroenterol Hepatol" in notice.why


@pytest.mark.parametrize(
    ("reference", "doi"),
    [
        (REFERENCE, "10.1016/s0140-6736(10)60175-4"),
        ("JAMA. 2020;1(2):3. doi: 10.1001/jama.2020.1", "10.1001/jama.2020.1"),
        ("JAMA. 2020;1(2):3. DOI:10.1001/JAMA.2020.1; see there", "10.1001/jama.2020.1"),
        ("Lancet. 1998 Feb 28;351(9103):611-2.", ""),
        ("doi: unknown", ""),
    ],
)
def test_a_doi_is_found_at_the_end_of_a_reference(reference: str, doi: str) -> None:
    assert doi_in(reference) == doi


def test_identifiers_are_in_lower_case_each_kind_once() -> None:
    pairs = [("doi", "10.1/A"), ("pmid", "1"), ("pmid", "2"), ("nct", "NCT1"), ("pmcid", "PMC3"), ("doi", "")]
    assert named(pairs) == (("pmid", "1"), ("pmcid", "pmc3"), ("doi", "10.1/a"))


@pytest.mark.parametrize("before", ["", "https://doi.org/", "http://dx.doi.org/", "doi:", "doi: "])
def test_a_doi_is_the_same_with_and_without_its_address(before: str) -> None:
    assert named([("doi", f"{before}10.1/A")]) == (("doi", "10.1/a"),)


def test_links_in_another_service_s_words_mean_the_same() -> None:
    links = [Link("Erratum in", (("pmid", "22"),), "Bone 2001"), Link("Expression of concern in", (), "")]
    (notice,) = about_itself(OWN, "Europe PMC", links)
    assert notice.state == Integrity.CONCERN
    assert notice.why == (
        "Europe PMC: Expression of concern in: a source that the record does not name; Erratum in: Bone 2001 (PMID 22)"
    )
    assert about_itself(OWN, "Europe PMC", [Link("Comment in", (), "x")]) == []
    assert about_itself((), "Europe PMC", links) == []
    (other,) = about_others("It", [Link("Retraction of", (("pmid", "11"),), "")])
    assert (other.identifiers, other.state, other.why) == ((("pmid", "11"),), Integrity.RETRACTED, "It retracts it")
