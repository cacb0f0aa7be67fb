"""The JATS reader, on real articles and on what is wrong with a file."""

from collections.abc import Callable
from pathlib import Path

import pytest

from corpus.document import Document, Integrity, Role, Section, SourceKind
from corpus.errors import UnreadableFile
from ingest.readers import jats
from ingest.readers.base import RawFile, read_any
from tests.ingest.readers.made_jats import ARTICLE, article

# The real articles, with their keys and the number of sections that have text.
ARTICLES = {
    "research/jats/1471-2180-11-174.nxml": ("pmid:21810267", 22),
    "research/jats/1472-6831-8-11.nxml": ("pmid:18405359", 16),
    "research/jats/6605965a.nxml": ("pmid:21045829", 9),
    "research/jats/ehp-116-1694.nxml": ("pmid:19079722", 23),
    "research/jats/mds526.nxml": ("pmid:23149571", 9),
    "research/jats/pntd.0002065.nxml": ("pmid:23469300", 12),
    "research/jats/pone.0000217.nxml": ("pmid:17299597", 22),
    "research/jats/pone.0046493.nxml": ("pmid:23029536", 19),
    "refresh/ncbi_efetch/pmc3040717.xml": ("pmid:20516115", 16),
    "refresh/ncbi_efetch/pmc6329583.xml": ("pmid:30311380", 14),
    "refresh/pmc_oa/pmc3040717.1.xml": ("pmid:20516115", 16),
    "refresh/eutils/efetch_pmc.xml": ("pmid:34527728", 1),
}


@pytest.fixture
def real(shared: Path) -> Callable[[str], Document]:
    def read(name: str) -> Document:
        (document,) = read_any(RawFile(name, (shared / "data" / name).read_bytes()))
        return document

    return read


def texts(document: Document) -> dict[tuple[str, ...], str]:
    return {section.heading: section.text for section in document.sections}


def leads(section: Section) -> list[tuple[str, str]]:
    return [
        (section.text[block.start : block.end], section.text[slice(*block.lead)] if block.lead else "")
        for block in section.blocks
        if block.role in (Role.ITEM, Role.ROW)
    ]


@pytest.mark.shared
@pytest.mark.parametrize("name", ARTICLES)
def test_every_real_article_is_one_document(name: str, real: Callable[[str], Document]) -> None:
    document = real(name)
    assert (document.key, len(document.sections)) == ARTICLES[name]
    assert document.year
    assert document.body
    for section in document.sections:
        assert all(section.text[block.start : block.end].strip() for block in section.blocks)


@pytest.mark.shared
def test_the_same_article_from_two_services_is_the_same_version(real: Callable[[str], Document]) -> None:
    assert real("refresh/ncbi_efetch/pmc3040717.xml").id == real("refresh/pmc_oa/pmc3040717.1.xml").id


@pytest.mark.shared
def test_an_article_is_described_as_its_front_says(real: Callable[[str], Document]) -> None:
    document = real("refresh/ncbi_efetch/pmc3040717.xml")
    assert document.title.startswith("Comprehensive Analysis of Missense Variations in the BRCT Domain of BRCA1")
    assert (document.body, document.year, document.effective) == ("Cancer research", 2010, "2010-06-15")
    names = (document.authors[0], document.authors[9], document.authors[-1])
    assert names == ("Lee MS", "Monteiro ANA", "Glover JNM")
    assert document.identifiers == (
        ("pmid", "20516115"),
        ("pmcid", "PMC3040717"),
        ("doi", "10.1158/0008-5472.CAN-09-4563"),
    )
    assert document.url == "https://pmc.ncbi.nlm.nih.gov/articles/PMC3040717/"
    assert document.licence.startswith("This file is available for text mining.")
    assert document.kind is SourceKind.RESEARCH


@pytest.mark.shared
def test_the_abstract_comes_first_and_sections_keep_their_path(real: Callable[[str], Document]) -> None:
    headings = [section.heading for section in real("research/jats/1472-6831-8-11.nxml").sections]
    assert headings[0] == ("Abstract", "Background")
    assert headings[9] == ("Methods", "Test-retest reliability")
    assert headings[-1] == ("Conclusion",)
    assert ("Competing interests",) not in headings


@pytest.mark.shared
def test_rows_of_a_real_table_say_what_they_speak_of(real: Callable[[str], Document]) -> None:
    rows = leads(real("research/jats/6605965a.nxml").sections[-1])
    assert (
        "Menopausal status (%): Pre-menopausal | 11.2 | 34.2",
        "Characteristic | Colorectal cancer cases (n=1878) | Non-cases (n=335 924)",
    ) in rows
    assert "Ever oral contraceptive use (%) | 43.8 | 58.4" in dict(rows)
    stages = dict(leads(texts_section(real("research/jats/mds526.nxml"), ("Results",))))
    lead = next(lead for row, lead in stages.items() if row.startswith("Women | 0.89 (0.77, 1.03) | 0.118"))
    assert lead.startswith("| Renal* Odds ratio (95% CI) | Renal* Pᵃ | Lung* Odds ratio")


@pytest.mark.shared
def test_text_of_a_real_article_reads_as_printed(real: Callable[[str], Document]) -> None:
    introduction = texts(real("research/jats/pntd.0002065.nxml"))[("Introduction",)]
    assert introduction.startswith(
        "Rift Valley fever (RVF) is a disease caused by a RNA virus of the family Bunyaviridae,"
    )
    assert "genus Phlebovirus [1]. The disease" in introduction
    methods = texts(real("research/jats/6605965a.nxml"))[("Materials and Methods",)]
    assert "⩾25–<30, ⩾30 kg m⁻²)" in methods


@pytest.mark.shared
def test_a_correction_is_a_notice_and_not_itself_corrected(real: Callable[[str], Document]) -> None:
    document = real("refresh/eutils/efetch_pmc.xml")
    assert (document.design, document.integrity) == ("Published Erratum", Integrity.CURRENT)
    assert document.sections[0].text.startswith("This article was originally published with an error in table 2.")
    assert "https://creativecommons.org/licenses/by-nc/4.0/" in document.licence


@pytest.mark.shared
def test_an_article_without_identifiers_is_known_by_its_file(real: Callable[[str], Document]) -> None:
    document = real("refresh/ncbi_efetch/pmc_wrapped_article.xml")
    assert document.key.startswith("file:")
    assert [section.text for section in document.sections] == ["Body text at 70 µm."]


@pytest.mark.shared
@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("europepmc/pmc3040717-supplementary-not-open-access.xml", "Article with id PMC3040717 is not open access one"),
        ("pmc_oa/pmc3040717-not-open-access.xml", "identifier 'PMC3040717' is not Open Access"),
        ("pmc_oa/pmc3040717-versions.xml", "a listing of the PMC open-data store, not an article"),
    ],
)
def test_an_answer_in_place_of_an_article_is_refused_with_what_it_says(name: str, says: str, shared: Path) -> None:
    with pytest.raises(UnreadableFile) as refusal:
        read_any(RawFile(name, (shared / "data/refresh" / name).read_bytes()))
    assert says in refusal.value.reason


@pytest.mark.shared
def test_a_cut_off_article_is_refused(shared: Path) -> None:
    data = (shared / "data/research/jats/mds526.nxml").read_bytes()
    with pytest.raises(UnreadableFile, match="ends before its elements are closed"):
        read_any(RawFile("mds526.nxml", data[: len(data) // 2]))


def test_raised_citations_go_and_bracketed_ones_stay() -> None:
    cite = '<xref ref-type="bibr" rid="r{0}">{0}</xref>'
    one, two = cite.format(1), cite.format(2)
    raised = f"<sup>{one}</sup>"
    inner = '<xref ref-type="bibr" rid="r1"><sup>1</sup></xref>'
    body = f"<p>Bone<sup>{one},{two}</sup> grows. So{raised}. In men {raised}. And [{one}–{two}].</p>"
    body += f"<p>Both{inner}<sup>,</sup>{inner} and Cl<sup>−</sup>.</p>"
    assert texts(article(body))[()] == "Bone grows. So. In men. And [1–2].\nBoth and Cl⁻."


def test_a_list_inside_a_paragraph_is_led_by_its_sentence() -> None:
    inner = "<list><list-item><p>for a year</p></list-item></list>"
    body = f"<p>Some text. Give one of:<list><list-item><label>1</label><p>the first:</p>{inner}</list-item>"
    body += "<list-item><p>the second</p></list-item></list>Then stop.</p>"
    (section,) = article(body).sections
    assert leads(section) == [
        ("the first:", "Give one of:"),
        ("for a year", "the first:"),
        ("the second", "Give one of:"),
    ]
    assert section.text.endswith("\nThen stop.")


def test_tables_and_figures_inside_a_paragraph_do_not_break_its_sentence() -> None:
    table = (
        "<table-wrap><label>Table 1</label><caption><p>Doses</p></caption><table><tr><td>a</td><td>5</td></tr></table>"
    )
    table += "<table-wrap-foot><fn><label>b</label><p>Daily.</p></fn></table-wrap-foot></table-wrap>"
    figure = "<fig><label>Figure 1.</label><caption><title>Flow.</title><p>Of all.</p></caption></fig>"
    (section,) = article(f"<p>One{table} sentence{figure} only.</p>").sections
    assert section.text.split("\n") == [
        "One sentence only.",
        "Table 1. Doses",
        "a | 5",
        "ᵇ Daily.",
        "Figure 1. Flow. Of all.",
    ]


def test_numbers_of_sections_are_kept_apart_from_their_titles() -> None:
    body = "<sec><label>2.</label><title>Methods</title><sec><title>2.1. Patients</title><p>Ten.</p></sec></sec>"
    (section,) = article(body).sections
    assert (section.number, section.heading) == ("2.1", ("Methods", "Patients"))


def test_what_is_no_evidence_is_left_out() -> None:
    body = "<p>Evidence.</p>" + "".join(
        f"<sec><title>{title}</title><p>Not this.</p></sec>"
        for title in (
            "Competing interests",
            "Funding",
            "Authors' contributions",
            "Conflict of interest statement",
            "References",
        )
    )
    back = "<back><ack><p>Thanks.</p></ack><ref-list><ref><mixed-citation>A</mixed-citation></ref></ref-list></back>"
    back += "<sub-article><front-stub/><body><p>A review.</p></body></sub-article>"
    assert [section.text for section in article(body, back=back).sections] == ["Evidence."]


def test_appendices_and_floating_tables_are_kept() -> None:
    back = "<back><app-group><app><title>Appendix A</title><p>More.</p></app></app-group></back>"
    back += "<floats-group><fig><label>Figure 2</label><caption><p>Seen.</p></caption></fig></floats-group>"
    document = article(back=back)
    assert texts(document)[("Appendix A",)] == "More."
    assert texts(document)[("Figures and tables",)] == "Figure 2. Seen."


def test_the_key_is_the_pmid_else_the_pmcid_else_the_doi() -> None:
    doi = "<article-id pub-id-type='doi'>10.1000/x</article-id>"
    pmc = "<article-id pub-id-type='pmc'>123</article-id>"
    assert article(ids=doi).key == "doi:10.1000/x"
    assert article(ids=doi + pmc).key == "pmcid:PMC123"
    assert article(ids=doi + pmc + "<article-id pub-id-type='pmid'>45</article-id>").key == "pmid:45"


def test_articles_inside_an_oai_answer_are_found_in_any_namespace() -> None:
    inner = ARTICLE.format(
        body="<p>Text.</p>", meta="", ids="", kind="research-article", heading="", title="T", back=""
    )
    wrapped = inner.replace("<article ", '<article xmlns="https://jats.nlm.nih.gov/ns/archiving/1.3/" ')
    data = f"<OAI-PMH><GetRecord><record><metadata>{wrapped}</metadata></record></GetRecord></OAI-PMH>".encode()
    file = RawFile("oai.xml", data)
    assert jats.sniff(file)
    assert [section.text for section in jats.read(file)[0].sections] == ["Text."]


def test_several_articles_without_identifiers_have_keys_of_their_own() -> None:
    inner = ARTICLE.format(
        body="<p>Text.</p>", meta="", ids="", kind="research-article", heading="", title="T", back=""
    )
    documents = jats.read(RawFile("set.xml", f"<pmc-articleset>{inner}{inner}</pmc-articleset>".encode()))
    assert len({document.key for document in documents}) == 2


def test_an_article_without_text_says_why() -> None:
    with pytest.raises(UnreadableFile, match="neither abstract nor body"):
        article(body="")


def test_an_article_that_declares_entities_is_refused() -> None:
    bomb = (
        b'<!DOCTYPE article [<!ENTITY a "ha">]><article><front><article-meta/></front><body><p>&a;</p></body></article>'
    )
    assert jats.sniff(RawFile("bomb.xml", bomb))
    with pytest.raises(UnreadableFile, match="declares entities"):
        jats.read(RawFile("bomb.xml", bomb))


def texts_section(document: Document, heading: tuple[str, ...]) -> Section:
    return next(section for section in document.sections if section.heading == heading)
