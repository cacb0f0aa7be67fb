"""PubMed XML (efetch answers, baseline and update files): one document a record, articles and books.

The text of a record is its abstract: one section for each labelled part, "Abstract" for the rest. A
record without an abstract keeps its title as its only text, under the heading "Title". Abstracts in
other languages (OtherAbstract) are left out, and so are DeleteCitation lists, which hold no record.
Other answers of the E-utilities (ESearch, ELink …) are refused by name: they hold no records.
"""

from lxml import etree

from corpus.document import Document, Section, SourceKind
from corpus.errors import UnreadableFile
from ingest.readers.base import MOST_TOLD, PartlyUnreadable, RawFile
from ingest.readers.blocks import BlockWriter
from ingest.readers.inline import inline_text
from ingest.readers.iso_dates import iso_date, year_of
from ingest.readers.plain import plain
from ingest.readers.pubmed_design import GUIDELINES, telling
from ingest.readers.pubmed_fields import authors, identifiers, publication_types, subjects, substances, text
from ingest.readers.pubmed_integrity import standing
from ingest.readers.xml import root_tag
from ingest.readers.xml_records import records

NAME = "PubMed XML"

_SETS = frozenset(("PubmedArticleSet", "PubmedBookArticleSet", "PubmedArticle", "PubmedBookArticle"))
_RECORDS = ("PubmedArticle", "PubmedBookArticle")
_OTHER_ANSWERS = {
    "eSearchResult": "an ESearch answer, a list of identifiers",
    "eLinkResult": "an ELink answer, a list of links between identifiers",
    "ePostResult": "an EPost answer, a handle to a list kept by the server",
    "eSpellResult": "an ESpell answer, a suggestion for a query's spelling",
    "eSummaryResult": "an ESummary answer, bibliographic lines without abstracts",
    "eInfoResult": "an EInfo answer, a description of a database",
    "eFetchResult": "an EFetch error",
    "eCitMatchResult": "an ECitMatch answer, a list of identifiers",
}
_UNLABELLED = frozenset(("", "unlabelled", "unlabeled", "unassigned", "abstract"))
ABSTRACT = "Abstract"


def sniff(raw: RawFile) -> bool:
    """Return whether the root element is PubMed's or that of another answer of the E-utilities."""
    root = root_tag(raw.data)
    return root in _SETS or root in _OTHER_ANSWERS


def read(raw: RawFile) -> list[Document]:
    """Return one document a record, in file order. Raises UnreadableFile, PartlyUnreadable where records are broken."""
    root = root_tag(raw.data)
    if root in _OTHER_ANSWERS:
        raise UnreadableFile(
            f"{_OTHER_ANSWERS[root]}, not records{_error_in(raw.data)}:"
            " fetch the records themselves with EFetch (db=pubmed, retmode=xml)"
        )
    documents: list[Document] = []
    refused: list[str] = []
    for number, record in enumerate(records(raw.data, _RECORDS), 1):
        try:
            documents.append(_document(number, record))
        except _Unreadable as error:
            refused.append(str(error))
        except RecursionError:
            refused.append(f"record {number:,}: its elements are nested too deeply to be text")
    if refused and not documents:
        raise UnreadableFile("; ".join(refused[:MOST_TOLD]))
    if refused:
        raise PartlyUnreadable(documents, refused)
    if not documents:
        raise UnreadableFile("the PubMed set is empty: it holds no PubmedArticle and no PubmedBookArticle")
    return documents


class _Unreadable(Exception):
    """One record of which no document can be made."""


def _document(number: int, record: etree._Element) -> Document:
    book = record.find("BookDocument")
    core = book if book is not None else record.find("MedlineCitation")
    pmid = text(core, "PMID") if core is not None else ""
    if core is None or not (pmid.isascii() and pmid.isdecimal()):
        raise _Unreadable(f"record {number:,} of the set has no PMID, so it cannot be cited")
    article = book if book is not None else core.find("Article")
    if article is None:
        raise _Unreadable(f"the record with PMID {pmid} has no Article element, so neither title nor abstract")
    types = publication_types(record)
    title = text(article, "ArticleTitle") or text(article, "Book/BookTitle") or text(article, "VernacularTitle")
    if not title:
        raise _Unreadable(f"the record with PMID {pmid} has no title")
    effective = _date(article)
    state = standing(core, types, title)
    return Document(
        key=f"pmid:{pmid}",
        kind=SourceKind.RESEARCH if GUIDELINES.isdisjoint(types) else SourceKind.GUIDELINE,
        title=plain(title),
        sections=_sections(article, title),
        body=_body(core, article),
        year=year_of(effective),
        effective=effective,
        url=f"https://pubmed.ncbi.nlm.nih.gov/{pmid}/",
        licence=_licence(article),
        integrity=state.integrity,
        notice=plain(state.notice),
        design=telling(types),
        drugs=substances(core),
        authors=authors(article) or authors(article.find("Book")),
        identifiers=identifiers(pmid, record),
        publication_types=types,
        subjects=subjects(core),
    )


def _sections(article: etree._Element, title: str) -> tuple[Section, ...]:
    sections: list[Section] = []
    writer, label = BlockWriter(), ""
    for part in article.iterfind("Abstract/AbstractText"):
        words, own = inline_text(part), _heading(part.get("Label", ""))
        if own != label and writer:
            sections.append(writer.section((ABSTRACT, label)))
            writer = BlockWriter()
        label = own
        writer.paragraph(words)
    if writer:
        sections.append(writer.section((ABSTRACT, label)))
    if not sections:
        writer.paragraph(title)
        sections.append(writer.section(("Title",)))
    return tuple(sections)


def _heading(label: str) -> str:
    """Return a label as a heading: "METHODS AND FINDINGS" is "Methods and findings"; mixed case stays as printed."""
    label = plain(label).rstrip(":. ")
    if label.lower() in _UNLABELLED:
        return ""
    return label.capitalize() if label.isupper() else label


def _date(article: etree._Element) -> str:
    paths = ("Journal/JournalIssue/PubDate", "ArticleDate", "ContributionDate", "DateRevised", "Book/PubDate")
    return next(filter(None, (iso_date(article.find(path)) for path in paths)), "")


def _body(core: etree._Element, article: etree._Element) -> str:
    """Return the journal; for a chapter its book, for a book its publisher."""
    paths = ["Journal/Title", "Journal/ISOAbbreviation", "Book/Publisher/PublisherName"]
    if text(article, "ArticleTitle"):
        paths.insert(0, "Book/BookTitle")
    return next(filter(None, (text(article, path) for path in paths)), "") or text(core, "MedlineJournalInfo/MedlineTA")


def _licence(article: etree._Element) -> str:
    stated = text(article, "Abstract/CopyrightInformation")
    return (
        f"abstract: {stated}; record from PubMed (NLM)"
        if stated
        else "abstract © its publisher; record from PubMed (NLM)"
    )


def _error_in(data: bytes) -> str:
    messages = [text(one, ".") for one in records(data, ("ERROR",))]
    told = "; ".join(filter(None, messages))
    return f' (it reports "{told}")' if told else ""
