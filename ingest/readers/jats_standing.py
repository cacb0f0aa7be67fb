"""What a JATS article is and where it stands: its design, whether it is a guideline, retracted, corrected."""

import re

from lxml import etree

from corpus.document import Integrity
from ingest.readers.inline import inline_text
from ingest.readers.pubmed_integrity import Standing, marked_title, severest

_XLINK = "{http://www.w3.org/1999/xlink}href"

# JATS marks with "-forward" what happened to this article later; "retracted-article" and the like
# stand in the notice, and say nothing against the notice itself.
_FORWARD = {
    "retraction-forward": (Integrity.RETRACTED, "Retraction"),
    "partial-retraction-forward": (Integrity.CONCERN, "Partial retraction"),
    "expression-of-concern-forward": (Integrity.CONCERN, "Expression of concern"),
    "concern-forward": (Integrity.CONCERN, "Expression of concern"),
    "correction-forward": (Integrity.CORRECTED, "Correction"),
    "update-forward": (Integrity.SUPERSEDED, "Update"),
}
_NOTICES = {
    "retraction": "Retraction Notice",
    "partial-retraction": "Retraction Notice",
    "correction": "Published Erratum",
    "addendum": "Published Erratum",
    "expression-of-concern": "Expression of Concern",
}
# What a notice names as its object. An article in full may name one too: it republishes what it replaced.
_OBJECTS = {
    "retracted-article": "Retraction Notice",
    "partially-retracted-article": "Retraction Notice",
    "partial-retraction": "Retraction Notice",
    "object-of-concern": "Expression of Concern",
    "corrected-article": "Published Erratum",
    "addended-article": "Published Erratum",
}
# PubMed Central gives a notice an abstract that only points: "[This corrects the article DOI: 10.1371/….]".
_POINTS = re.compile(r"\W*This \w+(?: \w+)? (?:the|an) article\b.{0,150}", re.IGNORECASE | re.DOTALL)
# JATS has no list of study designs; these values of article-type and headings name one, in PubMed's words.
_DESIGNS = {
    "meta-analysis": "Meta-Analysis",
    "systematic-review": "Systematic Review",
    "randomized-controlled-trial": "Randomized Controlled Trial",
    "randomised-controlled-trial": "Randomized Controlled Trial",
    "clinical-trial": "Clinical Trial",
    "study-protocol": "Clinical Trial Protocol",
    "clinical-trial-protocol": "Clinical Trial Protocol",
    "observational-study": "Observational Study",
    "case-report": "Case Reports",
    "case-reports": "Case Reports",
    "case-study": "Case Reports",
    "scoping-review": "Scoping Review",
    "review": "Review",
    "review-article": "Review",
    "editorial": "Editorial",
    "letter": "Letter",
}
_GUIDELINE = re.compile(r"(clinical )?(practice )?guidelines?|consensus (statement|guidelines?)", re.IGNORECASE)


def standing(article: etree._Element, meta: etree._Element, title: str) -> Standing:
    """Return the article's integrity state with what it says about it."""
    said = []
    for link in meta.iterfind("related-article"):
        state = _FORWARD.get(link.get("related-article-type", ""))
        if state is not None:
            where = inline_text(link) or link.get(_XLINK) or "a notice that the article does not name"
            said.append(Standing(state[0], f"{state[1]} in: {where}"))
    if not notice(article, meta):
        said += marked_title(title)
    return severest(said)


def notice(article: etree._Element, meta: etree._Element) -> str:
    """Return what notice about another article this one is, in PubMed's words; "" where it is none.

    Its type says so, or it names what it retracts, corrects or doubts and has no abstract of its own: journals give
    notices the type of a letter or of a research article too.
    """
    kind = article.get("article-type", "").lower()
    if kind in _NOTICES:
        return _NOTICES[kind]
    named = (_OBJECTS.get(link.get("related-article-type", "")) for link in meta.iterfind("related-article"))
    found = next(filter(None, named), "")
    return "" if any(map(_says_something, meta.iterfind("abstract"))) else found


def _says_something(abstract: etree._Element) -> bool:
    text = " ".join("".join(map(str, abstract.itertext())).split())
    return bool(text) and _POINTS.fullmatch(text) is None


def design(article: etree._Element, meta: etree._Element, headings: tuple[str, ...]) -> str:
    """Return the study design, or kind of text, that article type and headings name; "" where they name none."""
    kind = article.get("article-type", "").lower()
    if found := notice(article, meta):
        return found
    if is_guideline(article, headings):
        return "Guideline"
    named = {"-".join(one.lower().split()) for one in headings} | {kind}
    return next((words for value, words in _DESIGNS.items() if value in named), "")


def is_guideline(article: etree._Element, headings: tuple[str, ...]) -> bool:
    """Return whether the journal printed the article as a guideline."""
    kind = article.get("article-type", "").replace("-", " ")
    return any(_GUIDELINE.fullmatch(one) for one in (kind, *headings))
