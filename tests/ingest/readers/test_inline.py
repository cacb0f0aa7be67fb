"""Markup inside a paragraph goes, and what it said stays."""

from lxml import etree

from ingest.readers.inline import inline_text


def text(xml: str) -> str:
    return inline_text(etree.fromstring(xml))


def test_markup_goes_and_characters_stay() -> None:
    assert text("<p>an <i>early <b>event</b></i> in\n  cells</p>") == "an early event in cells"


def test_raised_lowered_and_underlined_characters_keep_their_meaning() -> None:
    assert text("<p>10<sup>9</sup>/L, CO<sub>2</sub>, 0.4-<u>&lt;</u>4.5</p>") == "10⁹/L, CO2, 0.4-≤4.5"


def test_indentation_of_a_program_does_not_tear_a_subscript_off() -> None:
    assert text("<p>fast-acting β\n      <sub>2</sub>-agonist</p>") == "fast-acting β2-agonist"
    assert text("<p>treated with\n   <sup>131</sup>I</p>") == "treated with ¹³¹I"


def test_a_formula_without_text_leaves_a_gap_that_can_be_seen() -> None:
    assert text("<p>is <inline-formula><graphic/></inline-formula> mg</p>") == "is [formula] mg"
    assert text("<p>by<disp-formula><tex-math>x^2</tex-math></disp-formula>in which</p>") == "by [formula] in which"


def test_skipping_leaves_no_space_before_a_full_stop() -> None:
    element = etree.fromstring("<p>osteoporosis <x>1</x>. Next <x>2</x> one</p>")
    assert inline_text(element, lambda child: child.tag == "x") == "osteoporosis. Next one"


def test_paragraphs_inside_a_cell_do_not_run_into_each_other() -> None:
    assert text("<td><p>once</p><p>daily</p></td>") == "once daily"


def test_marks_of_table_notes_read_the_same_at_the_cell_and_at_the_note() -> None:
    assert text("<td>50.9<xref ref-type='table-fn'>cd</xref></td>") == "50.9ᶜᵈ"
    assert text("<td>7.6<xref ref-type='table-fn'><sup>b</sup></xref></td>") == "7.6ᵇ"
    assert text("<fn><label>b</label><p>Among users.</p></fn>") == "ᵇ Among users."
    assert text("<fn><label>C.I.</label><p>interval</p></fn>") == "C.I. interval"
