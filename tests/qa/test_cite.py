"""Citations: spans numbered in the order in which a reader meets them."""

from corpus.document import Document, Integrity, Role, Section, SourceKind
from qa.cite import Citations
from qa.points import Point, Span

LABEL = Document(
    "label:test-cite",
    SourceKind.LABEL,
    "Zelo (zelomab)",
    (Section(("4 Contraindications",), ""),),
    body="Test Works",
    year=2023,
    effective="2024-03",
    url="https://example.org/zelo",
    licence="CC0-1.0",
    integrity=Integrity.CORRECTED,
    notice="Corrected in 2024.",
    design="label",
    digest_of="A digest.",
    identifiers=(("setid", "none"), ("application", "none")),
)
TEXT = "Do not give with:\nhypocalcemia\nanaphylaxis"
SECTION = Section(("Contraindications",), TEXT, number="4", code="34070-3", page=3)


def span(start: int, end: int, role: Role = Role.PARAGRAPH, document: Document = LABEL) -> Span:
    return Span(document, SECTION, start, end, "p1", role)


LEAD, ITEM, LAST = span(0, 17), span(18, 30, Role.ITEM), span(31, 42, Role.ITEM)


def test_citations_are_numbered_in_the_order_of_reading() -> None:
    citations = Citations()
    claims = citations.claims([Point((LEAD, ITEM)), Point((LEAD, LAST))])
    assert [claim.quoted for claim in claims] == [(1, 2), (1, 3)]
    assert [citation.n for citation in citations.all()] == [1, 2, 3]
    assert [citation.quote for citation in citations.all()] == ["Do not give with:", "hypocalcemia", "anaphylaxis"]


def test_the_same_span_always_has_the_same_number() -> None:
    citations = Citations()
    assert citations.claim(Point((LEAD,))).quoted == citations.claim(Point((span(0, 17),))).quoted == (1,)
    assert len(citations.all()) == 1


def test_the_same_characters_of_another_version_are_another_citation() -> None:
    citations = Citations()
    citations.claim(Point((LEAD,)))
    other = Document("label:test-cite", SourceKind.LABEL, "Zelo (zelomab), revised", LABEL.sections)
    assert citations.claim(Point((span(0, 17, document=other),))).quoted == (2,)


def test_what_says_the_same_elsewhere_is_cited_after_what_is_quoted() -> None:
    claim = Citations().claim(Point((LEAD, ITEM), also=(LAST, LEAD), context="Zelo"))
    assert claim.quoted == (1, 2) and claim.citations == (1, 2, 3)
    assert claim.text == "Do not give with:\nhypocalcemia" and claim.context == "Zelo"


def test_a_citation_carries_all_that_the_page_shows_of_its_source() -> None:
    citations = Citations()
    citations.claim(Point((ITEM,)))
    (citation,) = citations.all()
    assert (citation.document, citation.version, citation.kind) == ("label:test-cite", LABEL.id, SourceKind.LABEL)
    assert (citation.section.number, citation.section.title, citation.section.page) == ("4", "Contraindications", 3)
    assert citation.section.id == SECTION.id and citation.loinc == "34070-3"
    assert (citation.start, citation.end, citation.quote) == (18, 30, "hypocalcemia")
    assert citation.identifiers == {"setid": "none", "application": "none"}
    assert (citation.integrity, citation.notice) == (Integrity.CORRECTED, "Corrected in 2024.")
    assert (citation.digest_of, citation.licence, citation.url) == ("A digest.", "CC0-1.0", "https://example.org/zelo")


def test_the_date_is_the_effective_one_then_the_year_then_none() -> None:
    dates = []
    for year, effective in ((2023, "2024-03"), (2023, ""), (None, "")):
        citations = Citations()
        dated = Document("label:test-date", SourceKind.LABEL, "Zelo", (), year=year, effective=effective)
        citations.claim(Point((span(0, 17, document=dated),)))
        dates.append(citations.all()[0].date)
    assert dates == ["2024-03", "2023", ""]
