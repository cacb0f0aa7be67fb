"""Addresses on a page: those that lead out, and those of our own that open a source at its cited characters."""

from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import quote, urlencode, urlsplit

from corpus.document import Document
from qa.answer import Citation

# Identifiers whose address follows from themselves.
_LEADS = {
    "pmid": ("PMID", "https://pubmed.ncbi.nlm.nih.gov/{}/"),
    "pmcid": ("PMCID", "https://pmc.ncbi.nlm.nih.gov/articles/{}/"),
    "doi": ("DOI", "https://doi.org/{}"),
    "setid": ("Set ID", "https://dailymed.nlm.nih.gov/dailymed/lookup.cfm?setid={}"),
    "nct": ("NCT", "https://clinicaltrials.gov/study/{}"),
}


@dataclass(frozen=True, slots=True)
class Identifier:
    """An identifier as it is shown; `href` is "" where it leads nowhere by itself."""

    scheme: str
    value: str
    href: str


def web_url(address: str) -> str:
    """Return an address that is safe to link to, "" for any that is not http or https: a source may state anything."""
    try:
        parts = urlsplit(address.strip())
    except ValueError:
        return ""
    return address.strip() if parts.scheme.lower() in ("http", "https") and parts.netloc else ""


def identifiers(document: Document) -> Iterator[Identifier]:
    """Yield a document's identifiers in printing order, with the addresses that follow from them."""
    for scheme, value in document.identifiers:
        name, pattern = _LEADS.get(scheme.lower(), (scheme.replace("_", " ").capitalize(), ""))
        yield Identifier(name, value, pattern.format(quote(value, safe="/.()-:;")) if pattern else "")


def source_path(citation: Citation) -> str:
    """Return the path that opens a citation's section at its cited characters, in the version that was cited."""
    span = {"start": citation.start, "end": citation.end, "version": citation.version}
    return f"/sources/passages/{quote(citation.passage, safe='')}?{urlencode(span)}#cited"
