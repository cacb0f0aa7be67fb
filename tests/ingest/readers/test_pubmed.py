"""The PubMed reader, on recorded answers and on what is wrong with a record."""

from collections.abc import Callable
from pathlib import Path

import pytest

from corpus.document import Document, Integrity, SourceKind
from corpus.errors import UnreadableFile
from ingest.readers import pubmed
from ingest.readers.base import PartlyUnreadable, RawFile, read_any
from ingest.readers.xml_records import records

# The answers recorded from PubMed, with the records that they hold, in order.
ANSWERS = {
    "eutils/pubmed1.xml": ["12091962", "9997"],
    "eutils/pubmed2.xml": ["11748933", "11700088"],
    "eutils/pubmed4.xml": ["27797938"],
    "eutils/pubmed5.xml": ["28775130"],
    "eutils/pubmed6.xml": ["30108519"],
    "eutils/pubmed7.xml": ["29963580"],
    "eutils/retracted_9500320_excerpt.xml": ["9500320"],
    "pubmed/efetch_citation_22663011.xml": ["22663011"],
}
# Records of our own, only as long as the test needs; "1" stands for a PMID that no test relies on.
ARTICLE = """<PubmedArticle><MedlineCitation><PMID>1</PMID><Article>
<Journal><JournalIssue><PubDate><Year>2020</Year></PubDate></JournalIssue><Title>A journal</Title></Journal>
<ArticleTitle>{title}</ArticleTitle>{abstract}<PublicationTypeList>{types}</PublicationTypeList></Article>
{rest}</MedlineCitation></PubmedArticle>"""
BOOK = """<PubmedBookArticle><BookDocument><PMID Version="1">1</PMID><ArticleIdList>
<ArticleId IdType="bookaccession">NBK0</ArticleId></ArticleIdList>
<Book><Publisher><PublisherName>A library</PublisherName></Publisher><BookTitle book="b">Drugs and Lactation</BookTitle>
<PubDate><Year>2006</Year></PubDate>
<AuthorList Type="editors"><Author><LastName>Editor</LastName><Initials>E</Initials></Author></AuthorList></Book>
{chapter}<PublicationType UI="D016454">Review</PublicationType>
<Abstract><AbstractText>Little is known about it in milk.</AbstractText></Abstract>
<ContributionDate><Year>2024</Year><Month>3</Month><Day>15</Day></ContributionDate>
</BookDocument></PubmedBookArticle>"""


@pytest.fixture
def answer(shared: Path) -> Callable[[str], list[Document]]:
    def read(name: str) -> list[Document]:
        return read_any(RawFile(name, (shared / "data/refresh" / name).read_bytes()))

    return read


def article(
    title: str = "A title.", abstract: str = "", types: tuple[str, ...] = ("Journal Article",), rest: str = ""
) -> Document:
    printed = "".join(f"<PublicationType>{one}</PublicationType>" for one in types)
    return read_one(ARTICLE.format(title=title, abstract=abstract, types=printed, rest=rest))


def read_one(*parts: str) -> Document:
    documents = pubmed.read(raw(*parts))
    assert len(documents) == 1
    return documents[0]


def raw(*parts: str) -> RawFile:
    return RawFile("set.xml", f"<PubmedArticleSet>{''.join(parts)}</PubmedArticleSet>".encode())


def link(ref_type: str, source: str = "A journal. 2021;1:2.", pmid: str = "<PMID>2</PMID>") -> str:
    inside = f'<CommentsCorrections RefType="{ref_type}"><RefSource>{source}</RefSource>{pmid}</CommentsCorrections>'
    return f"<CommentsCorrectionsList>{inside}</CommentsCorrectionsList>"


@pytest.mark.shared
@pytest.mark.parametrize("name", ANSWERS)
def test_every_record_of_a_recorded_answer_is_a_document(name: str, answer: Callable[[str], list[Document]]) -> None:
    documents = answer(name)
    assert [document.key for document in documents] == [f"pmid:{pmid}" for pmid in ANSWERS[name]]
    assert all(document.sections and document.title and document.url for document in documents)


@pytest.mark.shared
def test_a_structured_abstract_has_a_section_a_label(answer: Callable[[str], list[Document]]) -> None:
    (trial,) = answer("pubmed/efetch_citation_22663011.xml")
    parts = ["Background", "Methods", "Results", "Conclusions"]
    assert [section.heading for section in trial.sections] == [("Abstract", part) for part in parts]
    assert trial.sections[2].text.startswith("Median progression-free survival was 4.8 months in the trametinib group")
    assert trial.sections[3].text.endswith(
        "(Funded by GlaxoSmithKline; METRIC ClinicalTrials.gov number, NCT01245062.)."
    )


@pytest.mark.shared
def test_a_trial_is_described_as_its_record_says(answer: Callable[[str], list[Document]]) -> None:
    (trial,) = answer("pubmed/efetch_citation_22663011.xml")
    assert trial.title == "Improved survival with MEK inhibition in BRAF-mutated melanoma."
    assert (trial.body, trial.year, trial.effective) == ("The New England journal of medicine", 2012, "2012-07-12")
    assert trial.identifiers == (("pmid", "22663011"), ("doi", "10.1056/NEJMoa1203421"), ("nct", "NCT01245062"))
    assert trial.authors[0] == "Flaherty KT"
    assert trial.authors[9] == "Mohr P"
    assert trial.authors[-1] == "METRIC Study Group"
    assert trial.design == "Randomized Controlled Trial"
    assert trial.drugs == ("trametinib",)
    assert (trial.kind, trial.integrity, trial.notice) == (SourceKind.RESEARCH, Integrity.CURRENT, "")
    assert "Melanoma" in trial.subjects
    assert len(trial.publication_types) == 6


@pytest.mark.shared
def test_an_unstructured_abstract_is_one_section(answer: Callable[[str], list[Document]]) -> None:
    _, magnetic = answer("eutils/pubmed1.xml")
    assert [section.heading for section in magnetic.sections] == [("Abstract",)]
    assert magnetic.drugs == ("heme", "iron")
    assert magnetic.effective == "1976-09-28"


@pytest.mark.shared
def test_a_record_without_abstract_keeps_its_title_as_text(answer: Callable[[str], list[Document]]) -> None:
    prisons, _ = answer("eutils/pubmed1.xml")
    (section,) = prisons.sections
    assert section.heading == ("Title",)
    assert section.text == "The treatment of AIDS behind the walls of correctional facilities."
    assert prisons.effective == "1990"


@pytest.mark.shared
def test_markup_in_an_abstract_keeps_what_it_says(answer: Callable[[str], list[Document]]) -> None:
    (thyroid,) = answer("eutils/pubmed5.xml")
    assert "normal TSH (0.4-≤4.5 mIU/L)" in thyroid.sections[1].text
    (telomeres,) = answer("eutils/pubmed4.xml")
    assert "linkage disequilibrium r²<0.25" in telomeres.sections[2].text
    (runners,) = answer("eutils/pubmed6.xml")
    assert runners.title.startswith('A "Blood Relationship" Between the Overlooked')
    assert "67.6 ± 4.1 ml·kg⁻¹·min⁻¹]" in runners.sections[0].text
    (imaging,) = answer("eutils/pubmed7.xml")
    assert "(1) inhaled ³He/¹²⁹Xe MRI ventilation" in imaging.sections[0].text


@pytest.mark.shared
def test_a_single_record_among_articles_is_read_too(shared: Path) -> None:
    path = shared / "data/research/jats/pubmed-29768149.xml"
    (asthma,) = read_any(RawFile(path.name, path.read_bytes()))
    assert "a fast-acting β2-agonist may be" in asthma.sections[0].text
    assert asthma.drugs == ("budesonide", "terbutaline", "formoterol fumarate")
    assert asthma.authors[0] == "O'Byrne PM"


@pytest.mark.shared
def test_a_retracted_record_names_what_retracted_it(answer: Callable[[str], list[Document]]) -> None:
    (retracted,) = answer("eutils/retracted_9500320_excerpt.xml")
    assert retracted.integrity is Integrity.RETRACTED
    assert retracted.notice.startswith("Retraction in: Lancet. 2010 Feb 6;375(9713):445.")
    assert "(PMID 20137807)" in retracted.notice
    assert (
        "Expression of concern in: Eur J Gastroenterol Hepatol. 2011 Nov;23(11):1082. (PMID 21971344)"
        in retracted.notice
    )


@pytest.mark.parametrize(
    ("ref_type", "integrity"),
    [
        ("RetractionIn", Integrity.RETRACTED),
        ("RetractedandRepublishedIn", Integrity.RETRACTED),
        ("PartialRetractionIn", Integrity.CONCERN),
        ("ExpressionOfConcernIn", Integrity.CONCERN),
        ("ErratumIn", Integrity.CORRECTED),
        ("CorrectedandRepublishedIn", Integrity.SUPERSEDED),
        ("UpdateIn", Integrity.SUPERSEDED),
        ("RetractionOf", Integrity.CURRENT),
        ("ErratumFor", Integrity.CURRENT),
        ("ExpressionOfConcernFor", Integrity.CURRENT),
        ("UpdateOf", Integrity.CURRENT),
        ("CommentIn", Integrity.CURRENT),
        ("RepublishedIn", Integrity.CURRENT),
    ],
)
def test_only_what_happened_to_a_record_changes_its_state(ref_type: str, integrity: Integrity) -> None:
    document = article(rest=link(ref_type))
    assert document.integrity is integrity
    assert bool(document.notice) == (integrity is not Integrity.CURRENT)


def test_the_severest_state_decides_and_all_are_told() -> None:
    both = link("ErratumIn").replace("</CommentsCorrectionsList>", "") + link("ExpressionOfConcernIn").replace(
        "<CommentsCorrectionsList>", ""
    )
    document = article(rest=both)
    assert document.integrity is Integrity.CONCERN
    assert document.notice.index("Expression of concern in") < document.notice.index("Erratum in")


def test_a_retraction_notice_is_not_itself_retracted() -> None:
    document = article("Retracted: A title.", types=("Retraction Notice",), rest=link("RetractionOf"))
    assert document.integrity is Integrity.CURRENT
    assert document.design == "Retraction Notice"


@pytest.mark.parametrize(
    ("title", "integrity"),
    [
        ("WITHDRAWN: Exercise for falls.", Integrity.WITHDRAWN),
        ("[Retracted] Exercise for falls.", Integrity.RETRACTED),
        ("RETRACTED ARTICLE: Exercise for falls.", Integrity.RETRACTED),
        ("Withdrawn patients in trials.", Integrity.CURRENT),
        ("Why retracted papers live on: a survey.", Integrity.CURRENT),
    ],
)
def test_a_mark_at_the_beginning_of_the_title_counts(title: str, integrity: Integrity) -> None:
    assert article(title).integrity is integrity


def test_a_practice_guideline_is_of_the_kind_guideline() -> None:
    document = article(types=("Journal Article", "Practice Guideline"))
    assert (document.kind, document.design) == (SourceKind.GUIDELINE, "Practice Guideline")


@pytest.mark.parametrize(
    ("types", "design"),
    [
        (("Journal Article",), ""),
        (("Clinical Trial, Phase III", "Randomized Controlled Trial"), "Randomized Controlled Trial"),
        (("Systematic Review", "Meta-Analysis", "Review"), "Meta-Analysis"),
        (("Review", "Case Reports"), "Case Reports"),
        (("Randomized Controlled Trial", "Clinical Trial Protocol"), "Clinical Trial Protocol"),
    ],
)
def test_the_most_telling_publication_type_is_the_design(types: tuple[str, ...], design: str) -> None:
    assert article(types=types).design == design


def test_labels_read_as_headings_and_equal_neighbours_are_one_section() -> None:
    abstract = """<Abstract><AbstractText>Before all.</AbstractText><AbstractText Label="METHODS AND FINDINGS">One.
    </AbstractText><AbstractText Label="METHODS AND FINDINGS">Two.</AbstractText>
    <AbstractText Label="What this adds:">Three.</AbstractText><AbstractText Label="EMPTY"> </AbstractText>
    <CopyrightInformation>© A publisher</CopyrightInformation></Abstract>"""
    document = article(abstract=abstract)
    assert [(section.title, section.text) for section in document.sections] == [
        ("Abstract", "Before all."),
        ("Methods and findings", "One.\nTwo."),
        ("What this adds", "Three."),
    ]
    assert document.licence == "abstract: © A publisher; record from PubMed (NLM)"


def test_abstracts_in_other_languages_are_not_mixed_in() -> None:
    other = '<OtherAbstract Language="fre"><AbstractText>En français.</AbstractText></OtherAbstract>'
    document = article(abstract="<Abstract><AbstractText>In English.</AbstractText></Abstract>", rest=other)
    assert [section.text for section in document.sections] == ["In English."]


def test_only_single_substances_count_as_drugs() -> None:
    chemicals = [("0", "Antibodies, Monoclonal"), ("EC 2.7.11.1", "A kinase"), ("3VHF2ZD92J", "romosozumab")]
    chemicals += [("51333-22-3", "Budesonide"), ("3VHF2ZD92J", "Romosozumab")]
    listed = "".join(
        f"<Chemical><RegistryNumber>{number}</RegistryNumber><NameOfSubstance>{name}</NameOfSubstance></Chemical>"
        for number, name in chemicals
    )
    assert article(rest=f"<ChemicalList>{listed}</ChemicalList>").drugs == ("romosozumab", "budesonide")


def test_a_chapter_of_a_book_names_the_book_and_its_own_date() -> None:
    chapter = '<ArticleTitle book="b" part="c">Romosozumab</ArticleTitle>'
    chapter += (
        '<AuthorList Type="authors"><Author><LastName>Writer</LastName><Initials>W</Initials></Author></AuthorList>'
    )
    document = read_one(BOOK.format(chapter=chapter))
    assert (document.title, document.body, document.effective) == ("Romosozumab", "Drugs and Lactation", "2024-03-15")
    assert document.authors == ("Writer W",)
    assert document.identifiers == (("pmid", "1"), ("bookshelf", "NBK0"))
    assert [section.text for section in document.sections] == ["Little is known about it in milk."]


def test_a_whole_book_names_its_publisher_and_not_its_editors_as_authors() -> None:
    document = read_one(BOOK.format(chapter=""))
    assert (document.title, document.body, document.authors) == ("Drugs and Lactation", "A library", ())


@pytest.mark.shared
@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("esearch1.xml", "an ESearch answer, a list of identifiers, not records"),
        ("elink1.xml", "an ELink answer"),
        (
            "epost2.xml",
            'an EPost answer, a handle to a list kept by the server, not records (it reports "Invalid db name',
        ),
        ("espell.xml", "an ESpell answer"),
        ("esummary1.xml", "an ESummary answer"),
    ],
)
def test_answers_without_records_are_refused_by_name(name: str, says: str, shared: Path) -> None:
    data = (shared / "data/refresh/eutils" / name).read_bytes()
    with pytest.raises(UnreadableFile) as refusal:
        read_any(RawFile(name, data))
    assert refusal.value.reason.startswith(says)
    assert "EFetch" in refusal.value.reason


@pytest.mark.shared
def test_a_set_that_is_cut_off_says_how_many_records_came_whole(shared: Path) -> None:
    data = (shared / "data/refresh/eutils/pubmed2.xml").read_bytes()
    with pytest.raises(UnreadableFile, match="after 1 whole records"):
        read_any(RawFile("pubmed2.xml", data[:-500]))


@pytest.mark.shared
def test_a_wrong_encoding_is_an_error_and_not_other_letters(shared: Path) -> None:
    data = (shared / "data/refresh/eutils/pubmed5.xml").read_text(encoding="utf-8")
    with pytest.raises(UnreadableFile, match="not well-formed"):
        read_any(RawFile("pubmed5.xml", data.replace("©", "é").encode("latin-1", "replace")))


def test_an_empty_set_is_refused() -> None:
    with pytest.raises(UnreadableFile, match="the PubMed set is empty"):
        pubmed.read(raw())


def test_a_record_without_pmid_or_title_is_refused_with_its_place_and_the_others_are_read() -> None:
    whole = ARTICLE.format(title="A title.", abstract="", types="", rest="")
    with pytest.raises(
        PartlyUnreadable, match="1 of its 2 records cannot be read: record 2 of the set has no PMID"
    ) as e:
        pubmed.read(raw(whole, whole.replace("<PMID>1</PMID>", "")))
    assert [document.key for document in e.value.documents] == ["pmid:1"]
    with pytest.raises(UnreadableFile, match="PMID 1 has no title"):
        pubmed.read(raw(whole.replace("A title.", "")))


def test_entities_are_never_expanded() -> None:
    bomb = '<!DOCTYPE s [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]>'
    body = ARTICLE.format(title="&b;", abstract="", types="", rest="")
    file = RawFile("bomb.xml", f"{bomb}<PubmedArticleSet>{body}</PubmedArticleSet>".encode())
    assert pubmed.sniff(file)
    with pytest.raises(UnreadableFile, match="entities are never expanded"):
        pubmed.read(file)


def test_records_nested_beyond_reason_are_refused() -> None:
    assert article(title="<i>" * 200 + "x" + "</i>" * 200).title == "x"
    with pytest.raises(UnreadableFile, match="Excessive depth"):
        article(title="<i>" * 300 + "x" + "</i>" * 300)


def test_memory_stays_bounded_because_every_record_is_emptied_after_use() -> None:
    whole = ARTICLE.format(title="A title.", abstract="", types="", rest="")
    seen = []
    for record in records(raw(*[whole] * 50).data, ("PubmedArticle",)):
        before = record.getprevious()
        assert before is None or (len(before) == 0 and before.getprevious() is None)
        seen.append(record)
    assert len(seen) == 50
    assert all(len(record) == 0 for record in seen)
