"""Authors, identifiers, substances and subjects of a PubMed record."""

import re

from lxml import etree

from ingest.readers.inline import inline_text

# A UNII (10 letters and digits) or a CAS number names one substance. "0" stands for classes and groups
# ("Bone Density Conservation Agents"), "EC …" for enzymes: neither is a drug that was given.
_SUBSTANCE = re.compile(r"(?=.*\d)[0-9A-Z]{10}|\d{2,7}-\d\d-\d")


def authors(publication: etree._Element | None) -> tuple[str, ...]:
    """Return the authors as "Cosman F", "Smith J Jr"; a group by its name. Editors are not authors."""
    lists = [] if publication is None else publication.findall("AuthorList")
    groups = [one for one in lists if one.get("Type", "authors") == "authors"]
    names = []
    for author in (one for group in groups for one in group.iterfind("Author") if one.get("ValidYN") != "N"):
        group_name = author.find("CollectiveName")
        parts = [text(author, name) for name in ("LastName", "Initials", "Suffix")]
        names.append(inline_text(group_name) if group_name is not None else " ".join(filter(None, parts)))
    return tuple(name for name in names if name)


def identifiers(pmid: str, record: etree._Element) -> tuple[tuple[str, str], ...]:
    """Return pmid, pmcid, doi, Bookshelf accession and trial registrations, as far as the record has them."""
    found: dict[str, str] = {}
    for one in (
        *record.iterfind("PubmedData/ArticleIdList/ArticleId"),
        *record.iterfind(".//BookDocument/ArticleIdList/ArticleId"),
    ):
        kind = {"pmc": "pmcid", "doi": "doi", "bookaccession": "bookshelf"}.get(one.get("IdType", ""))
        if kind and one.text and one.text.strip():
            found.setdefault(kind, one.text.strip())
    for one in record.iterfind(".//ELocationID[@EIdType='doi']"):
        if one.get("ValidYN") != "N" and one.text:
            found.setdefault("doi", one.text.strip())
    trials = [
        one.text.strip()
        for one in record.iterfind(".//DataBank[DataBankName='ClinicalTrials.gov']//AccessionNumber")
        if one.text
    ]
    known = [(kind, found[kind]) for kind in ("pmcid", "doi", "bookshelf") if kind in found]
    return (("pmid", pmid), *known, *(("nct", trial) for trial in dict.fromkeys(trials)))


def substances(citation: etree._Element) -> tuple[str, ...]:
    """Return the substances indexed for the record, in lower case; classes and enzymes are left out."""
    found = []
    for chemical in citation.iterfind("ChemicalList/Chemical"):
        if _SUBSTANCE.fullmatch(text(chemical, "RegistryNumber")):
            found.append(text(chemical, "NameOfSubstance").lower())
    return tuple(dict.fromkeys(filter(None, found)))


def subjects(record: etree._Element) -> tuple[str, ...]:
    """Return the MeSH headings, then the keywords of authors and publishers."""
    paths = (".//MeshHeadingList/MeshHeading/DescriptorName", ".//KeywordList/Keyword")
    return tuple(dict.fromkeys(filter(None, (inline_text(one) for path in paths for one in record.iterfind(path)))))


def publication_types(record: etree._Element) -> tuple[str, ...]:
    """Return the publication types in the order of the record."""
    return tuple(dict.fromkeys(filter(None, (inline_text(one) for one in record.iterfind(".//PublicationType")))))


def text(element: etree._Element, path: str) -> str:
    """Return the text of the first element at the path, "" where there is none."""
    found = element.find(path)
    return "" if found is None else inline_text(found)
