"""A label's markup leaves what its reader sees."""

import pytest

from ingest.readers.spl_inline import inline_text, tidy
from ingest.readers.spl_notes import Notes
from ingest.readers.xml import parse


def text(markup: str) -> str:
    return inline_text(parse(f"<p>{markup}</p>".encode()), Notes())


@pytest.mark.parametrize(
    ("markup", "shown"),
    [
        ("<content>before use</content>if you", "before use if you"),
        ("patients<content>Take</content>", "patients Take"),
        ("Rx onl<content>y</content>", "Rx only"),
        ("12.5 <content>mg</content>are white", "12.5 mg are white"),
        ("<content>Step 8.</content>Put", "Step 8. Put"),
        ("<content>P</content>value", "P value"),
        ("infection<linkHtml>(5.1)</linkHtml>", "infection (5.1)"),
        ("3-propyl-1<content>H</content>-pyrazole", "3-propyl-1H-pyrazole"),
        ("t\n  <sub>1/2</sub>", "t1/2"),
        ("at 25<sup>0</sup>C", "at 25°C"),
        ("mg/m<sup>2</sup>", "mg/m²"),
        ("Placebo<sup>a,b</sup>", "Placeboᵃ,ᵇ"),
        ("LIPITOR<sup>TM</sup>", "LIPITOR™"),
        ("one<br/>two", "one\ntwo"),
        ("<list><item><caption>•</caption>a</item><item>b</item></list>end", "• a\n• b\nend"),
        ("see<renderMultiMedia><caption>no</caption></renderMultiMedia>", "see"),
    ],
)
def test_markup_leaves_what_the_reader_sees(markup: str, shown: str) -> None:
    assert text(markup) == shown


def test_footnotes_leave_their_mark() -> None:
    notes = Notes()
    markup = "<p>dose <footnote ID='n'>Oral <sup>1</sup></footnote>, again<footnoteRef IDREF='n'/></p>"
    assert inline_text(parse(markup.encode()), notes) == "dose*, again*"
    assert notes.take() == ["* Oral¹"]


@pytest.mark.parametrize(
    ("line", "tidied"),
    [
        ("[see Warnings ( 5.1 ) ].", "[see Warnings (5.1)]."),
        ("( a ) and [ b ] ,", "(a) and [b],"),
        ("1 : 2 and p < .05 ( ≤ .5 )", "1 : 2 and p < .05 (≤ .5)"),
    ],
)
def test_spaces_inside_brackets_and_before_points_go(line: str, tidied: str) -> None:
    assert tidy(line) == tidied
