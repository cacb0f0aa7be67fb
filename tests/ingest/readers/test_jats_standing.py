"""What a JATS article is and where it stands."""

import pytest

from corpus.document import Integrity, SourceKind
from tests.ingest.readers.made_jats import article


@pytest.mark.parametrize(
    ("link", "integrity"),
    [
        ("retraction-forward", Integrity.RETRACTED),
        ("correction-forward", Integrity.CORRECTED),
        ("expression-of-concern-forward", Integrity.CONCERN),
        ("retracted-article", Integrity.CURRENT),
        ("corrected-article", Integrity.CURRENT),
        ("companion", Integrity.CURRENT),
    ],
)
def test_only_what_happened_to_the_article_changes_its_state(link: str, integrity: Integrity) -> None:
    related = f'<related-article related-article-type="{link}" xlink:href="10.1000/notice"/>'
    document = article(meta=related)
    assert document.integrity is integrity
    assert ("10.1000/notice" in document.notice) == (integrity is not Integrity.CURRENT)


def test_a_retracted_title_counts_but_not_in_the_notice() -> None:
    assert article(title="RETRACTED: A title").integrity is Integrity.RETRACTED
    assert article(title="Retracted: A title", kind="retraction").integrity is Integrity.CURRENT


POINTS = "<abstract><p>[This retracts the article DOI: <ext-link>10.1000/old</ext-link>.]</p></abstract>"


OWN = "<abstract><p>We weighed bones anew. This corrects the article of 2019.</p></abstract>"


@pytest.mark.parametrize(
    ("link", "abstract", "design"),
    [
        ("retracted-article", "", "Retraction Notice"),
        ("partial-retraction", "", "Retraction Notice"),
        ("retracted-article", POINTS, "Retraction Notice"),
        ("object-of-concern", "", "Expression of Concern"),
        ("corrected-article", POINTS.replace("retracts", "corrects"), "Published Erratum"),
        ("corrected-article", OWN, "Letter"),
        ("retracted-article", OWN, "Letter"),
        ("republished-article", "", "Letter"),
        ("companion", "", "Letter"),
    ],
)
def test_a_notice_is_known_by_what_it_names_where_it_has_no_abstract_of_its_own(
    link: str, abstract: str, design: str
) -> None:
    related = f'<related-article related-article-type="{link}" xlink:href="10.1000/old"/>'
    document = article(meta=related + abstract, kind="letter", title="Retracted: A title")
    assert document.design == design
    assert document.integrity is (Integrity.RETRACTED if design == "Letter" else Integrity.CURRENT)


@pytest.mark.parametrize(
    ("kind", "heading", "source", "design"),
    [
        ("research-article", "Article", SourceKind.RESEARCH, ""),
        ("research-article", "Systematic Review", SourceKind.RESEARCH, "Systematic Review"),
        ("case-report", "Case", SourceKind.RESEARCH, "Case Reports"),
        ("research-article", "Clinical Practice Guideline", SourceKind.GUIDELINE, "Guideline"),
        ("retraction", "Article", SourceKind.RESEARCH, "Retraction Notice"),
    ],
)
def test_design_and_kind_are_what_type_and_heading_name(
    kind: str, heading: str, source: SourceKind, design: str
) -> None:
    document = article(kind=kind, heading=heading)
    assert (document.kind, document.design) == (source, design)
