"""What a record says about where publications stand: its own publication, and those that it is a notice about.

Retracted, under an expression of concern, corrected and replaced are four states, and each link between records
names one of them. PubMed and Europe PMC use the same links under nearly the same names ("RetractionIn",
"Retraction in"). A link says it of the record itself ("…In") or of the one that it points to ("…Of", "…For").
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from lxml import etree

from corpus.document import Integrity
from corpus.editions import gravity
from ingest.connectors.base import Notice
from ingest.readers.inline import inline_text
from ingest.readers.pubmed_fields import identifiers, publication_types, text
from ingest.readers.pubmed_integrity import standing
from ingest.readers.standing_links import happened, plain_kind

Identifiers = tuple[tuple[str, str], ...]

# A record of one of these types is a notice about another publication: what it says is no evidence of anything.
_NOTICE_TYPES = frozenset(
    ("retraction of publication", "retraction notice", "expression of concern", "published erratum")
)
_NAMING = ("pmid", "pmcid", "doi")
_BEFORE_DOI = re.compile(r"^(?:https?://(?:dx\.)?doi\.org/|doi:\s*)(?=10\.)")
_DOI = re.compile(r"\bdoi:\s*(10\.\d{4,9}/\S+)", re.IGNORECASE)
# What the record that has the link does to the one that the link points to.
_OTHER = {
    "retractionof": (Integrity.RETRACTED, "retracts it"),
    "retractedandrepublishedfrom": (Integrity.RETRACTED, "replaces it after its retraction"),
    "partialretractionof": (Integrity.CONCERN, "retracts a part of it"),
    "expressionofconcernfor": (Integrity.CONCERN, "expresses concern about it"),
    "correctedandrepublishedfrom": (Integrity.SUPERSEDED, "replaces it, corrected"),
    "updateof": (Integrity.SUPERSEDED, "is an update of it"),
    "erratumfor": (Integrity.CORRECTED, "corrects it"),
}


@dataclass(frozen=True, slots=True)
class Link:
    """A link between records: its kind as the service names it, the other one's identifiers and reference."""

    kind: str
    other: Identifiers
    reference: str


def pubmed_notices(record: etree._Element) -> tuple[Notice, ...]:
    """Return at most one notice a publication from a PubmedArticle or PubmedBookArticle: the severest state.

    What its own publication type, links and title say comes first, then what it says of others.
    """
    book = record.find("BookDocument")
    core = book if book is not None else record.find("MedlineCitation")
    if core is None:
        return ()
    pmid = text(core, "PMID")
    title = text(core, "Article/ArticleTitle") or text(core, "ArticleTitle") or text(core, "Book/BookTitle")
    state = standing(core, publication_types(record), title)
    own = named(identifiers(pmid, record))
    found = [Notice(own, state.integrity, f"PubMed: {state.notice}")] if state.integrity != Integrity.CURRENT else []
    return (*found, *about_others(f'PMID {pmid}, "{title}",', _links(core), {pmid}))


def only_tells(types: Iterable[str]) -> str:
    """Return why a record of these publication types is not to be read as evidence, "" where it may be."""
    found = [one for one in types if one.lower() in _NOTICE_TYPES]
    return (
        f"a notice ({found[0]}): what it says of other papers is taken in, its own text is no evidence" if found else ""
    )


def about_itself(own: Identifiers, service: str, links: Iterable[Link], marks: Iterable[str] = ()) -> list[Notice]:
    """Return the notice, if any, that links and marks of retraction give of the record that has them."""
    said = [(Integrity.RETRACTED, mark) for mark in marks]
    for link in links:
        state = happened(link.kind)
        if state is not None:
            said.append((state[0], f"{state[1]}: {_told(link)}"))
    said.sort(key=lambda one: -gravity(one[0]))
    words = "; ".join(what for _, what in said)
    return [Notice(own, said[0][0], f"{service}: {words}")] if said and own else []


def about_others(who: str, links: Iterable[Link], not_of: Iterable[str] = ()) -> list[Notice]:
    """Return a notice for each publication that the links say something of, the severest where they say several."""
    found: dict[Identifiers, tuple[Integrity, str]] = {}
    for link in links:
        state = _OTHER.get(plain_kind(link.kind))
        if state is None or not link.other or {value for _, value in link.other} & set(not_of):
            continue
        before = found.get(link.other)
        if before is None or gravity(state[0]) > gravity(before[0]):
            found[link.other] = state
    return [Notice(other, state, f"{who} {words}") for other, (state, words) in found.items()]


def named(pairs: Iterable[tuple[str, str]]) -> Identifiers:
    """Return the pairs that name a publication, in lower case, each kind once."""
    found: dict[str, str] = {}
    for kind, value in pairs:
        if kind in _NAMING and value:
            found.setdefault(kind, _BEFORE_DOI.sub("", value.strip().lower()))
    return tuple((kind, found[kind]) for kind in _NAMING if kind in found)


def doi_in(reference: str) -> str:
    """Return the DOI that a reference ends with ("Lancet. 2010 …. doi: 10.1016/….") in lower case, else ""."""
    match = _DOI.search(reference)
    return match[1].rstrip(".,;)").lower() if match else ""


def _links(core: etree._Element) -> list[Link]:
    links = []
    for one in core.iterfind("CommentsCorrectionsList/CommentsCorrections"):
        source = one.find("RefSource")
        reference = inline_text(source) if source is not None else ""
        pairs = [("pmid", (one.findtext("PMID") or "").strip()), ("doi", doi_in(reference))]
        links.append(Link(one.get("RefType", ""), named(pairs), reference))
    return links


def _told(link: Link) -> str:
    pmid = dict(link.other).get("pmid", "")
    reference = link.reference or "a source that the record does not name"
    return f"{reference} (PMID {pmid})" if pmid else reference


def tells(kind: str) -> bool:
    """Return whether a kind of link tells of a standing, its own record's or another's."""
    return happened(kind) is not None or plain_kind(kind) in _OTHER
