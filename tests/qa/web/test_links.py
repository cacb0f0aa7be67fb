"""Addresses lead where they say: identifiers to their registries, a source's own only over the web."""

import pytest

from corpus.document import Document, Section, SourceKind
from qa.serve_log import shown_path
from qa.web.links import identifiers, web_url
from qa.web.slug import MAX_CHARS, slug


@pytest.mark.parametrize("address", ["https://example.org/a?b=c#d", "http://example.org", " https://example.org/ "])
def test_an_address_on_the_web_is_linked_to(address: str) -> None:
    assert web_url(address) == address.strip()


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)",
        "JavaScript://example.org/%0Aalert(1)",
        "data:text/html,x",
        "file:///etc/passwd",
        "",
        "//a.b",
        "https:",
        "http:///path",
        "http://[broken",
    ],
)
def test_any_other_is_not(address: str) -> None:
    assert web_url(address) == ""


def test_identifiers_lead_to_their_registries_and_unknown_ones_nowhere() -> None:
    given = (("pmid", "27641143"), ("doi", '10.1/a<b>"c'), ("setid", "1-2"), ("application", "BLA1"))
    document = Document("k", SourceKind.LABEL, "T", (Section((), "x"),), identifiers=given)
    assert [(one.scheme, one.value, one.href) for one in identifiers(document)] == [
        ("PMID", "27641143", "https://pubmed.ncbi.nlm.nih.gov/27641143/"),
        ("DOI", '10.1/a<b>"c', "https://doi.org/10.1/a%3Cb%3E%22c"),
        ("Set ID", "1-2", "https://dailymed.nlm.nih.gov/dailymed/lookup.cfm?setid=1-2"),
        ("Application", "BLA1", ""),
    ]


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("What is it for?", "what-is-it-for"),
        ("Qué dosis — 5 µg/kg?", "que-dosis-5-g-kg"),
        ("<script>alert(1)</script>", "script-alert-1-script"),
        ("../../etc/passwd", "etc-passwd"),
        ("骨粗鬆症", "answer"),
        ("patient's dose", "patients-dose"),
        ("x" * 200, "x" * MAX_CHARS),
    ],
)
def test_a_slug_is_ascii_words_of_the_question(question: str, expected: str) -> None:
    assert slug(question) == expected


def test_a_long_question_is_cut_between_words() -> None:
    made = slug("osteoporosis " * 20)
    assert made == "-".join(["osteoporosis"] * 5) and len(made) <= MAX_CHARS


@pytest.mark.parametrize(
    ("path", "logged"),
    [
        ("/answers/0a1b-can-my-wife-ann-take-it", "/answers/0a1b"),
        ("/answers/0a1b-can-my-wife/references.bib", "/answers/0a1b/references.bib"),
        ("/answers/0a1b", "/answers/0a1b"),
        ("/api/answers/0a1b", "/api/answers/0a1b"),
    ],
)
def test_the_words_of_a_question_in_an_address_are_not_logged(path: str, logged: str) -> None:
    assert shown_path(path) == logged
