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
    if article.get("article-type") not in _NOTICES:
        said += marked_title(title)
    return severest(said)


def design(article: etree._Element, headings: tuple[str, ...]) -> str:
    """Return the study design, or kind of text, that article type and headings name; "" where they name none."""
    kind = article.get("article-type", "").lower()
    if kind in _NOTICES:
        return _NOTICES[kind]
    if is_guideline(article, headings):
        return "Guideline"
    named = {"-".join(one.lower().split()) for one in headings} | {kind}
    return next((words for value, words in _DESIGNS.items() if value in named), "")


def is_guideline(article: etree._Element, headings: tuple[str, ...]) -> bool:
    """Return whether the journal printed the article as a guideline."""
    kind = article.get("article-type", "").replace("-", " ")
    return any(_GUIDELINE.fullmatch(one) for one in (kind, *headings))
