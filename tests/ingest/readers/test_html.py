"""The HTML reader, on pages written for it and on real ones."""

import pytest

from corpus.document import Document, Integrity, Role, SourceKind
from corpus.errors import UnreadableFile
from ingest.readers import html
from ingest.readers.base import RawFile, read_any

PAGE = """<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><title>Bone health guideline | A society</title>{head}</head>
<body><header>A society</header><nav><ul><li>Home</li></ul></nav><main>{body}</main>
<footer>© A society</footer></body></html>"""
ARTICLE_HEAD = """<meta name="citation_title" content="A trial of exercise">
<meta name="citation_journal_title" content="A journal"><meta name="citation_pmid" content="123">
<meta name="citation_doi" content="10.1000/x"><meta name="citation_publication_date" content="2020/03/18">
<meta name="citation_author" content="Writer, Wanda"><meta name="citation_author" content="Other, Otto">
<meta name="citation_keywords" content="bone; exercise"><meta name="DC.Rights" content="CC BY 4.0">"""


def raw(body: str = "<h1>Bone health guideline</h1><p>Text.</p>", head: str = "") -> RawFile:
    return RawFile("page.html", PAGE.format(body=body, head=head).encode())


def page(body: str = "<h1>Bone health guideline</h1><p>Text.</p>", head: str = "") -> Document:
    (document,) = read_any(raw(body, head))
    return document


def lines(body: str) -> list[str]:
    return [line for section in page(body).sections for line in section.text.split("\n")]


def test_headings_make_paths_and_their_numbers_stand_apart() -> None:
    document = page("<h1>Bone health guideline</h1><p>A.</p><h2>1.2 Drugs</h2><p>B.</p><h3>Monitoring</h3><p>C.</p>")
    found = [(section.number, section.heading, section.text) for section in document.sections]
    assert found == [
        ("", (), "A."),
        ("1.2", ("Drugs",), "B."),
        ("", ("Drugs", "Monitoring"), "C."),
    ]


def test_what_is_only_the_sites_is_left_out() -> None:
    hidden = """<script>a</script><style>b</style><noscript>c</noscript><aside>d</aside><form>e<input></form>
    <p hidden>f</p><p style="color:red; display: none">g</p><p aria-hidden="true">h</p><div role="navigation">i</div>
    <span class="sr-only">j</span><button>k</button><!-- l --><template><p>m</p></template><p>Kept.</p>"""
    assert lines(hidden) == ["Kept."]


def test_a_form_around_the_whole_page_is_no_reason_to_lose_it() -> None:
    assert lines("<form><h2>Doses</h2><p>Kept.</p></form>") == ["Kept."]


def test_entities_superscripts_and_signs_keep_their_meaning() -> None:
    body = "<p>age&nbsp;&ge;&#53;0, eGFR &lt;35 mL/min/1.73 m<sup>2</sup>, 10<sup>9</sup>/L, <u>&lt;</u>5&shy;00 mg</p>"
    assert lines(body) == ["age ≥50, eGFR <35 mL/min/1.73 m², 10⁹/L, ≤500 mg"]


def test_struck_out_text_is_not_text() -> None:
    assert lines("<p>Give <del>5 mg</del> <ins>10 mg</ins> daily.</p>") == ["Give 10 mg daily."]


def test_raised_links_to_references_go() -> None:
    assert lines('<p>Proven <sup><a href="#r1">1</a>,<a href="#r2">2</a></sup>. m<sup>2</sup></p>') == ["Proven. m²"]


def test_text_beside_blocks_is_kept_in_order() -> None:
    body = "<div>One <b>bold</b><p>two</p>three <a href='#'>link</a><div>four</div></div>five"
    assert lines(body) == ["One bold", "two", "three link", "four", "five"]


def test_items_are_led_by_what_introduces_them() -> None:
    body = (
        "<p>Intro. Offer one of:</p><ul><li>first:<ul><li>inner</li></ul></li><li><p>second</p><p>daily</p></li></ul>"
    )
    (section,) = page(body).sections
    items = [block for block in section.blocks if block.role is Role.ITEM]
    texts = [section.text[block.start : block.end] for block in items]
    leads = [section.text[slice(*block.lead)] for block in items if block.lead]
    assert texts == ["first:", "inner", "second daily"]
    assert leads == ["Offer one of:", "first:", "Offer one of:"]


def test_rows_are_led_by_the_header_of_their_table() -> None:
    body = """<table><caption>Table 1. Doses</caption>
    <tr><th rowspan="2">Drug</th><th colspan="2">Dose</th></tr><tr><th>mg</th><th>interval</th></tr>
    <tr><td>Zoledronate</td><td>5</td><td>yearly</td></tr></table>"""
    (section,) = page(body).sections
    assert section.text.split("\n") == ["Table 1. Doses", "Drug | Dose mg | Dose interval", "Zoledronate | 5 | yearly"]
    row = section.blocks[-1]
    assert row.lead is not None
    assert section.text[slice(*row.lead)] == "Drug | Dose mg | Dose interval"


def test_a_table_for_layout_is_read_as_text() -> None:
    assert lines("<table><tr><td><h2>Doses</h2><p>One.</p></td><td><p>Two.</p></td></tr></table>") == ["One.", "Two."]


def test_terms_stand_before_their_meanings() -> None:
    assert lines("<dl><dt>CKD</dt><dd>chronic kidney disease</dd></dl>") == ["CKD: chronic kidney disease"]


def test_a_journals_page_is_research_with_its_citation() -> None:
    document = page("<h2>Recommendations</h2><p>Text.</p>", ARTICLE_HEAD)
    assert (document.kind, document.key) == (SourceKind.RESEARCH, "pmid:123")
    assert (document.title, document.body) == ("A trial of exercise", "A journal")
    assert (document.year, document.effective, document.licence) == (2020, "2020-03-18", "CC BY 4.0")
    assert document.authors == ("Writer, Wanda", "Other, Otto")
    assert document.identifiers == (("pmid", "123"), ("doi", "10.1000/x"))
    assert document.subjects == ("bone", "exercise")
    assert document.url == "https://doi.org/10.1000/x"


def test_a_page_that_calls_itself_a_guideline_is_one() -> None:
    head = """<link rel="canonical" href="https://example.org/bone"><meta property="og:site_name" content="A society">
    <meta property="article:published_time" content="2024-05-02T08:00:00Z">
    <meta property="article:modified_time" content="2025-01-09">"""
    document = page(head=head)
    assert (document.kind, document.key) == (SourceKind.GUIDELINE, "url:https://example.org/bone")
    assert (document.body, document.effective, document.version) == ("A society", "2024-05-02", "modified 2025-01-09")


def test_a_page_that_does_not_say_what_it_is_is_refused_with_the_line_to_add() -> None:
    plain = raw("<h1>Bones</h1><p>Text.</p>").data.replace(b"Bone health guideline", b"Bones")
    with pytest.raises(UnreadableFile, match='add <meta name="curbside:kind" content="guideline">'):
        read_any(RawFile("page.html", plain))


def test_curbsides_own_names_go_before_all_others() -> None:
    own = {"kind": "label", "key": "guideline:bone-2021", "title": "Bones", "body": "A board", "year": "2021"}
    own |= {"url": "https://example.org/b", "licence": "CC0", "drugs": "Romosozumab, denosumab", "brands": "Evenity"}
    head = ARTICLE_HEAD + "".join(f'<meta name="curbside:{name}" content="{value}">' for name, value in own.items())
    document = page(head=head)
    assert (document.kind, document.key, document.title) == (SourceKind.LABEL, "guideline:bone-2021", "Bones")
    assert (document.body, document.year, document.url) == ("A board", 2021, "https://example.org/b")
    assert (document.licence, document.drugs) == ("CC0", ("romosozumab", "denosumab"))
    assert document.brands == ("Evenity",)


@pytest.mark.parametrize(
    ("name", "value", "says"),
    [
        ("colour", "red", "curbside:colour"),
        ("kind", "advice", 'says "advice"'),
        ("year", "last year", "must be a year"),
        ("key", "no key", "write it as"),
    ],
)
def test_a_wrong_name_or_value_of_ours_is_refused(name: str, value: str, says: str) -> None:
    with pytest.raises(UnreadableFile, match=says):
        page(head=f'<meta name="curbside:{name}" content="{value}">')


def test_a_page_without_any_address_is_known_by_its_file() -> None:
    assert page().key.startswith("file:")


def test_a_retracted_title_is_not_evidence() -> None:
    assert page(head='<meta name="curbside:title" content="RETRACTED: A trial">').integrity is Integrity.RETRACTED


@pytest.mark.parametrize(
    ("encoding", "declared"),
    [
        ("utf-8", "utf-8"),
        ("cp1252", "iso-8859-1"),
        ("cp1252", "windows-1252"),
        ("iso-8859-2", "iso-8859-2"),
        ("shift_jis", "Shift_JIS"),
    ],
)
def test_the_declared_encoding_is_the_one_read(encoding: str, declared: str) -> None:
    text = {"iso-8859-2": "Łódź", "shift_jis": "骨粗鬆症"}.get(encoding, "Sjögren’s")
    data = PAGE.format(body=f"<p>{text}</p>", head="").replace('charset="utf-8"', f'charset="{declared}"')
    (document,) = read_any(RawFile("page.html", data.replace("©", "").encode(encoding)))
    assert document.sections[0].text == text


def test_utf_16_is_known_by_its_byte_order_mark() -> None:
    data = PAGE.format(body="<p>≥ 5 mg</p>", head="").encode("utf-16")
    assert read_any(RawFile("page.html", data))[0].sections[0].text == "≥ 5 mg"


def test_bytes_that_are_not_what_the_page_says_are_refused() -> None:
    with pytest.raises(UnreadableFile, match=r'says that its encoding is "utf-8", but it is not \(byte'):
        read_any(RawFile("page.html", PAGE.format(body="<p>Sjögren</p>", head="").encode("cp1252")))
    undeclared = PAGE.format(body="<p>Sjögren</p>", head="").replace('<meta charset="utf-8">', "").encode("cp1252")
    with pytest.raises(UnreadableFile, match="states no encoding"):
        read_any(RawFile("page.html", undeclared))
    with pytest.raises(UnreadableFile, match='"klingon", which is unknown'):
        read_any(RawFile("page.html", PAGE.format(body="", head="").replace('"utf-8"', '"klingon"').encode()))


def test_characters_lost_before_are_not_passed_on() -> None:
    with pytest.raises(UnreadableFile, match="1 characters of the text were lost"):
        page("<p>age \ufffd 50</p>")


def test_a_cut_off_page_is_refused() -> None:
    whole = raw("<p>Text.</p>" * 50).data
    with pytest.raises(UnreadableFile, match="ends before </html>"):
        read_any(RawFile("page.html", whole[: len(whole) // 2]))


def test_a_page_without_text_of_its_own_is_refused() -> None:
    with pytest.raises(UnreadableFile, match="no text of its own"):
        page('<div id="app"></div>')


def test_a_page_nested_beyond_reason_is_refused_and_not_cut() -> None:
    assert lines("<div>" * 200 + "deep" + "</div>" * 200) == ["deep"]
    with pytest.raises(UnreadableFile, match="nested too deeply"):
        page("<div>" * 400 + "deep" + "</div>" * 400)


def test_entities_declared_in_a_page_are_never_expanded() -> None:
    bomb = '<!DOCTYPE html [<!ENTITY a "ha"><!ENTITY b SYSTEM "file:///etc/hostname">]>'
    data = PAGE.format(body="<p>x &a; &b; y</p>", head="").replace("<!DOCTYPE html>", bomb).encode()
    with pytest.raises(UnreadableFile, match="never expanded"):
        html.read(RawFile("page.html", data))


def test_a_large_page_is_read_in_reasonable_time() -> None:
    body = "".join(f"<h2>Part {n}</h2><p>Sentence {n} is <b>here</b>.</p><ul><li>one</li></ul>" for n in range(3000))
    document = page(body)
    assert len(document.sections) == 3000
    assert document.sections[9].text == "Sentence 9 is here.\none"


def test_other_formats_are_not_taken_for_pages() -> None:
    for data in (
        b"<article><front/></article>",
        b"<?xml version='1.0'?><document/>",
        b"{}",
        b"%PDF-1.7",
        b"",
        b"plain <p>",
    ):
        assert not html.sniff(RawFile("x.html", data))
    assert html.sniff(RawFile("x", b"\xef\xbb\xbf <!-- a --> <HTML>"))
    assert html.sniff(RawFile("x", b'<?xml version="1.0"?><!DOCTYPE html PUBLIC "x"><html xmlns="y">'))
