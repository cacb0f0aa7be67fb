"""Which sections of an article are evidence and which are not."""

import pytest

from ingest.readers.jats_scope import is_evidence, is_readable_abstract


@pytest.mark.parametrize(
    "title",
    [
        "Competing interests",
        "Declaration of Competing Interest",
        "Conflict of interest statement",
        "Conflicts of Interest:",
        "Financial disclosure",
        "Funding",
        "Funding sources",
        "Role of the funding source",
        "Authors' contributions",
        "Authors’ contributions",
        "Author Contributions",
        "Acknowledgments",
        "ACKNOWLEDGEMENTS",
        "Supporting Information",
        "Supplementary Material",
        "Supplemental Digital Content",
        "Data availability statement",
        "Ethical approval",
        "Ethics approval and consent to participate",
        "References",
    ],
)
def test_what_says_nothing_about_the_question_is_not_evidence(title: str) -> None:
    assert not is_evidence(title, None)


@pytest.mark.parametrize(
    "title",
    [
        "",
        "Results",
        "Supplement use and fractures",
        "Supplemental calcium",
        "Support at home",
        "Funding of osteoporosis care",
        "Outcomes of interest",
        "Contribution of vitamin D",
        "Reference ranges",
        "Disclosure of diagnosis to patients",
        "Consent in acute care",
    ],
)
def test_a_title_that_only_begins_alike_is_evidence(title: str) -> None:
    assert is_evidence(title, "results")


def test_lists_of_files_and_pictures_are_not_evidence() -> None:
    assert not is_evidence("Any title", "supplementary-material")
    assert not is_readable_abstract("graphical")
    assert is_readable_abstract(None)
    assert is_readable_abstract("summary")
