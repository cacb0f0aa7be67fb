"""Which parts of an article can be evidence about a question, told by their titles and types."""

import re

_NOT_EVIDENCE = re.compile(
    r"(?:(?:conflicts?|declarations?|statements?) of )?(?:competing |conflicting )?(?:financial )?interests?"
    r"(?: statements?| declarations?)?|conflicts? of interests?.*|disclosures?(?: statements?| of .*)?|funding(?: .*)?"
    r"|(?:financial )?support|role of (?:the )?funding source|author'?s?'? contributions?.*|contributors?"
    r"|acknowledge?ments?|pre-publication history|supporting information|supplementary (?:material|data|information)s?"
    r"|supplement(?:ary|al)? .*|additional files?|electronic supplementary material|(?:data|code) availability.*"
    r"|availability of (?:data|supporting).*|ethic(?:s|al) (?:approval|statement|declarations?|considerations?).*"
    r"|consent (?:for|to) .*"
    r"|references|bibliography|author'?s?'? information|credit .*statement.*|publisher'?s note",
    re.IGNORECASE,
)
_OTHER_ABSTRACTS = frozenset(("graphical", "toc", "teaser", "precis", "short", "web-summary", "video"))


def is_evidence(title: str, section_type: str | None) -> bool:
    """Return whether a section may be quoted: not funding, interests, thanks, contributions or lists of files."""
    return section_type != "supplementary-material" and _NOT_EVIDENCE.fullmatch(title.strip(" .:")) is None


def is_readable_abstract(abstract_type: str | None) -> bool:
    """Return whether an abstract is one in words for readers of the article, not a picture or a line for its list."""
    return abstract_type not in _OTHER_ABSTRACTS
