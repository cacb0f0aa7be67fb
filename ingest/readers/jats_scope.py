"""Which parts of an article can be evidence about a question, told by their titles and types."""

import re

_NOT_EVIDENCE = re.compile(
    r"(?:(?:declarations?|statements?) of )?(?:competing |conflicting |declared )?(?:financial )?interests?"
    r"(?: statements?| declarations?)?|(?:(?:declarations?|statements?) of )?conflicts? of interests?(?: \S+)?"
    r"|(?:financial )?disclosures?(?: statements?)?|financial support"
    r"|role of (?:the )?(?:funding source|funders?|sponsors?)"
    r"|fundings?(?: (?:statements?|sources?|information|support))?|sources? of (?:funding|support)"
    r"|author(?:s|'s|s'|s’|’s)? (?:contributions?|information)(?: statement)?|contributors?|credit .*statement.*"
    r"|acknowledge?ments?|pre-publication history|(?:supporting|supplementary|supplemental) information"
    r"|supplement(?:ary|al) (?:materials?|data|files?|figures?|tables?|appendix|appendices|digital content)"
    r"|additional files?"
    r"|electronic supplementary material|(?:data|code) (?:availability|sharing)(?: statement)?"
    r"|availability of (?:data|supporting data).*"
    r"|ethic(?:s|al) (?:approval|statements?|declarations?|considerations?).*"
    r"|consent (?:for publication|to participate|to publish)|references|bibliography|publisher['’]?s note",
    re.IGNORECASE,
)
_OTHER_ABSTRACTS = frozenset(("graphical", "toc", "teaser", "precis", "short", "web-summary", "video"))


def is_evidence(title: str, section_type: str | None) -> bool:
    """Return whether a section may be quoted: not funding, interests, thanks, contributions or lists of files."""
    return section_type != "supplementary-material" and _NOT_EVIDENCE.fullmatch(title.strip(" .:")) is None


def is_readable_abstract(abstract_type: str | None) -> bool:
    """Return whether an abstract is one in words for readers of the article, not a picture or a line for its list."""
    return abstract_type not in _OTHER_ABSTRACTS
