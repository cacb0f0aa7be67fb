"""Markdown with front matter: what each piece of markup becomes, and what is refused."""

import re
from pathlib import Path

import pytest

from corpus.document import Document, Integrity, Role, Section, SourceKind
from corpus.errors import UnreadableFile
from ingest.readers.base import RawFile, read_any
from ingest.readers.markdown import read, sniff

HEAD = "---\nkey: pmid:27641143\nkind: research\ntitle: A Trial of Something\n---\n"
LABEL = "---\nkey: label:example\nkind: label\ntitle: Example\n---\n"
FORMAT = Path(__file__).resolve().parents[3] / "docs" / "markdown-format.md"


def document(text: str) -> Document:
    (one,) = read(RawFile("example.md", text.encode()))
    return one


def section(body: str, head: str = HEAD) -> Section:
    (one,) = document(head + body).sections
    return one


def lines(of: Section) -> list[tuple[Role, str, str]]:
    return [(b.role, of.text[b.start : b.end], of.text[slice(*b.lead)] if b.lead else "") for b in of.blocks]


def test_the_examples_of_the_documentation_are_read_as_they_say() -> None:
    examples = re.findall(r"```markdown\n(.*?)```", FORMAT.read_text(encoding="utf-8"), re.DOTALL)
    label, guideline, research = (document(example) for example in examples)
    assert [d.kind for d in (label, guideline, research)] == [
        SourceKind.LABEL,
        SourceKind.GUIDELINE,
        SourceKind.RESEARCH,
    ]
    assert [(s.number, s.title, s.code) for s in label.sections] == [
        ("", "Boxed Warning", "34066-1"),
        ("2.2", "Recommended Dosage", ""),
        ("6", "Adverse Reactions", "34084-4"),
    ]
    assert label.effective == "2019-12"
    assert label.identifiers[1] == ("application", "BLA761062")
    assert guideline.identifiers == (("doi", "10.1210/clinem/dgaa048"),)
    assert research.year == 2016
    assert research.drugs == ("romosozumab", "denosumab")
    assert research.digest_of.startswith("A digest written for Curbside of Cosman 2016")


def test_every_documented_key_is_a_key_and_no_other_is() -> None:
    from ingest.readers.front_matter import IDENTIFIERS, FrontMatter

    rows = re.findall(r"^\| `([a-z_]+)` \|", FORMAT.read_text(encoding="utf-8"), re.MULTILINE)
    assert rows == [*FrontMatter.model_fields, *IDENTIFIERS]


def test_headings_become_a_path_with_numbers_and_codes() -> None:
    body = (
        "# Example\n\n## 5 Warnings <!-- loinc: 43685-7 -->\n\n### 5.1 Low *calcium*\n\nText.\n\n"
        "## 12 months of use\n\nMore."
    )
    first, second = document(LABEL + body).sections
    assert (first.heading, first.number, first.code) == (("Warnings", "Low calcium"), "5.1", "")
    assert first.codes == ("43685-7", "")
    assert (second.heading, second.number) == (("12 months of use",), "")


def test_a_bare_number_in_a_heading_belongs_to_the_title_unless_it_is_a_label() -> None:
    assert section("## 4 Trials\n\nText.").heading == ("4 Trials",)
    assert section("## 4. Trials\n\nText.").number == "4"


def test_text_before_the_first_heading_has_no_heading() -> None:
    assert section("Text.").heading == ()


def test_markup_is_reduced_to_its_words() -> None:
    body = (
        "A **bold** *claim*, `code`, [a link](https://example.org) and ![a picture](x.png) &le; 5 "
        "<b>html</b>.<!-- no -->\nNext[^1] line: 10<sup>5</sup> and CO<sub>2</sub>.\n"
    )
    assert section(body).text == "A bold claim, code, a link and a picture ≤ 5 html. Next line: 10⁵ and CO2."


def test_footnotes_become_paragraphs_where_they_stand() -> None:
    body = "Text[^a].\n\n[^a]: https://example.org\n[^b]: Second note.\n"
    assert section(body).text == "Text.\nhttps://example.org\nSecond note."


def test_list_items_know_what_introduces_them() -> None:
    body = "All of it. Before a dose:\n\n- calcium is checked,\n  always\n\n  twice\n- and:\n  1. inner\n\n\nAfter.\n"
    assert lines(section(body)) == [
        (Role.PARAGRAPH, "All of it. Before a dose:", ""),
        (Role.ITEM, "calcium is checked, always twice", "Before a dose:"),
        (Role.ITEM, "and:", "Before a dose:"),
        (Role.ITEM, "inner", "and:"),
        (Role.PARAGRAPH, "After.", ""),
    ]


def test_a_blank_line_in_a_list_without_others_ends_what_introduced_it() -> None:
    leads = [
        lead for _, _, lead in lines(section("Not unless:\n\n- in shock\n- in pain\n\n- It is safe.\n- It works.\n"))
    ]
    assert leads == ["", "Not unless:", "Not unless:", "", ""]
    loose = [lead for _, _, lead in lines(section("Not unless:\n\n- in shock\n\n- in pain\n\n- in coma\n"))]
    assert loose == ["", *["Not unless:"] * 3]
    after_another = lines(section("One:\n\n- a\n- b\n\nTwo:\n\n- c\n\n- d\n"))
    assert [lead for _, _, lead in after_another] == ["", "One:", "One:", "", "Two:", "Two:"]
    inner = [lead for _, _, lead in lines(section("Dose:\n\n- A: 5 mg\n  - 2 mg in the old\n\n- B: 6 mg\n"))]
    assert inner == ["", "Dose:", "A: 5 mg", "Dose:"]


def test_table_rows_know_their_header() -> None:
    body = "Table 1. Events\n\n| Event | Drug | Placebo |\n|---|---|---|\n| **Pain** | 5% | |\n| Rash | 1% | 2% |\n"
    assert lines(section(body)) == [
        (Role.CAPTION, "Table 1. Events", ""),
        (Role.HEADER, "Event | Drug | Placebo", ""),
        (Role.ROW, "Pain | 5% |", "Event | Drug | Placebo"),
        (Role.ROW, "Rash | 1% | 2%", "Event | Drug | Placebo"),
    ]


def test_a_paragraph_that_begins_with_table_is_a_caption_only_above_a_table() -> None:
    assert lines(section("Table salt has sodium.\n"))[0][0] is Role.PARAGRAPH


def test_values_stay_as_written() -> None:
    head = HEAD.replace("---\nkey", "---\nversion: 1.10\neffective: 2019-04-09\nlicence: no\nyear: 2019\nkey", 1)
    read_back = document(head + "Text.")
    assert (read_back.version, read_back.effective, read_back.licence, read_back.year) == (
        "1.10",
        "2019-04-09",
        "no",
        2019,
    )


def test_the_identifier_in_the_key_need_not_be_repeated() -> None:
    assert document(HEAD + "Text.").identifiers == (("pmid", "27641143"),)


def test_a_retraction_states_its_notice() -> None:
    head = HEAD.replace("---\nkey", "---\nintegrity: retracted\nnotice: Retracted in 2020.\nkey", 1)
    assert document(head + "Text.").integrity is Integrity.RETRACTED


def test_line_ends_of_windows_and_a_byte_order_mark_change_nothing() -> None:
    plain = document(HEAD + "One.\n\nTwo.\n")
    (windows,) = read(RawFile("x.md", b"\xef\xbb\xbf" + (HEAD + "One.\n\nTwo.\n").replace("\n", "\r\n").encode()))
    assert windows == plain


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("# Title\n\nText.", "no front matter: the first line is not `---`"),
        ("---\nkey: pmid:1\n", "a line `---` is missing"),
        ("---\nkind: label\ntitle: x\n---\nText.", "the key `key` is missing"),
        ("---\n- a\n---\nText.", "line 2: expected lines of `key: value`"),
        (HEAD.replace("kind", "yeer: 1\nkind"), "line 3: unknown key `yeer`"),
        (HEAD.replace("kind", "key: pmid:2\nkind"), "line 3: the key `key` is given twice"),
        (HEAD.replace("A Trial", "A Trial: one"), "line 4: not YAML"),
        (HEAD.replace("A Trial of Something", ""), "line 4: `title` is empty"),
        (HEAD.replace("title", "year: 20x\ntitle"), "line 4: `year` is '20x'"),
        (HEAD.replace("title", "effective: 2019-02-30\ntitle"), "line 4: `effective`"),
        (HEAD.replace("title", "drugs: romosozumab\ntitle"), "expected a list: write [romosozumab]"),
        (HEAD.replace("title", "drugs: [Evenity]\ntitle"), "'Evenity' has capitals"),
        (HEAD.replace("title", "identifiers: {pmid: 123456789}\ntitle"), "expected 1 to 8 digits"),
        (HEAD.replace("title", "identifiers: {doi: 11.1/x}\ntitle"), "begins with 10."),
        (HEAD.replace("title", "identifiers: {pubmed: 1}\ntitle"), "unknown identifier 'pubmed'"),
        (HEAD.replace("title", "identifiers: {pmid: 1}\ntitle"), "key says 27641143, identifiers say 1"),
        (HEAD.replace("title", "integrity: retracted\ntitle"), "`notice` must say"),
        (HEAD.replace("title", "digest_of: Cosman 2016\ntitle"), "A digest written for Curbside of"),
        (HEAD.replace("title", "body: &a x\ntitle"), "line 4: anchors"),
        (HEAD.replace("title", "body: !!python/name:os.system x\ntitle"), "line 4: tags"),
        (HEAD.replace("title", "body: [[[[[[x]]]]]]\ntitle"), "line 4: nested too deep"),
        (HEAD.replace("pmid:27641143", "PMID 27641143"), "line 2: `key`: expected pmid:<digits>"),
        (HEAD, "the body is empty"),
        (HEAD + "## 1. A <!-- loinc: 34067-9 -->\n\nText.", "line 6: a LOINC code in a document of kind research"),
        (LABEL + "\n## Use <!-- loinc: 99999-9 -->\n\nText.", "line 7: `<!-- loinc: 99999-9 -->`"),
        (HEAD + "Text.\n\n##\n\nMore.", "line 8: a heading without a title"),
        (HEAD + "Not ~~ever~~ 5 mg.", "line 6: struck-out text"),
        (HEAD + "<!-- begun\n\nText.", "line 6: a comment begins here and never ends"),
        (HEAD + "Text.\n\n<table><tr><td>1</td></tr></table>\n", "line 8: an HTML table"),
        (HEAD + "> " * 90 + "x", "nested more than"),
    ],
)
def test_what_cannot_be_read_says_where_and_why(text: str, said: str) -> None:
    with pytest.raises(UnreadableFile) as refused:
        document(text)
    assert said in refused.value.reason


def test_another_encoding_is_named_with_its_line() -> None:
    with pytest.raises(UnreadableFile, match="line 6 is not UTF-8"):
        read(RawFile("x.md", (HEAD + "caf\xe9").encode("latin-1")))


def test_a_markdown_file_without_front_matter_is_taken_so_that_it_can_be_explained() -> None:
    assert sniff(RawFile("notes.md", b"# Notes"))
    assert not sniff(RawFile("notes.txt", b"# Notes"))
    assert not sniff(RawFile("page.md", b"<html></html>"))
    with pytest.raises(UnreadableFile, match="no front matter"):
        read_any(RawFile("notes.md", b"# Notes"))
