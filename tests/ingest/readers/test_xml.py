"""XML is read without expanding an entity, opening a file or touching the network."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.errors import UnreadableFile
from ingest.readers.xml import local_name, parse, root_tag

BOMB = b"""<!DOCTYPE lolz [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">
<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;"><!ENTITY d "&c;&c;&c;&c;&c;&c;&c;&c;&c;&c;">]><lolz x="&d;">&d;</lolz>"""


@pytest.mark.parametrize("name", ["cyclic", "external", "external_file", "quadratic", "xmlbomb", "xmlbomb2"])
def test_documents_with_entities_of_their_own_are_refused_with_the_reason(shared: Path, name: str) -> None:
    with pytest.raises(UnreadableFile, match="declares entities of its own"):
        parse((shared / f"data/edge/xml/{name}.xml").read_bytes())


def test_an_entity_bomb_is_refused() -> None:
    with pytest.raises(UnreadableFile, match="exhaust memory"):
        parse(BOMB)


def test_a_file_named_by_an_entity_is_not_opened(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("do not tell")
    data = f'<!DOCTYPE a [<!ENTITY e SYSTEM "{secret.as_uri()}">]><a>&e;</a>'
    with pytest.raises(UnreadableFile) as refused:
        parse(data.encode())
    assert "do not tell" not in refused.value.reason


def test_a_doctype_with_an_outer_dtd_is_read_without_fetching_it() -> None:
    root = parse(b'<!DOCTYPE a PUBLIC "x" "http://127.0.0.1:9/none.dtd"><a>&alpha;<b/>1 &le; 2<c>&nbsp;</c>&beta;</a>')
    assert "".join(str(text) for text in root.itertext()) == "α1 ≤ 2\u00a0β"


def test_an_unknown_entity_is_refused_by_name() -> None:
    with pytest.raises(UnreadableFile, match="&foo;"):
        parse(b'<!DOCTYPE a SYSTEM "x.dtd"><a>&foo;</a>')


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "no element"),
        (b"<a><b>text", "cut-off"),
        (b"<a>\xe9</a>", "Invalid bytes|not proper UTF-8"),
        (b'<?xml version="1.0" encoding="klingon"?><a/>', "nsupported encoding"),
        (b"<a>" * 300, "nested too deeply"),
        (b"plain words", "line 1, column 1"),
    ],
)
def test_what_is_not_well_formed_is_refused_with_the_reason(data: bytes, reason: str) -> None:
    with pytest.raises(UnreadableFile, match=reason):
        parse(data)


def test_comments_and_processing_instructions_are_left_out() -> None:
    root = parse(b"<?xml-stylesheet href='x'?><a>one<!-- no --> two<?pi no?> three</a>")
    assert "".join(str(text) for text in root.itertext()) == "one two three"


def test_utf_16_is_read_as_it_says() -> None:
    assert parse("<a>é</a>".encode("utf-16")).text == "é"


def test_the_root_is_named_without_reading_the_rest() -> None:
    assert root_tag(b'<?xml version="1.0"?><!-- c --><x:a xmlns:x="urn:y"><never closed') == "{urn:y}a"
    assert root_tag(b"%PDF-1.7") == root_tag(b"") == ""


def test_local_names_leave_the_namespace_out() -> None:
    root = parse(b'<a xmlns="urn:y"><b/></a>')
    assert (local_name(root), local_name(root[0])) == ("a", "b")


@given(st.binary(max_size=200) | st.text("<>&;/a!?[]\"' ", max_size=60).map(str.encode))
def test_no_bytes_bring_another_error(data: bytes) -> None:
    root_tag(data)
    try:
        parse(data)
    except UnreadableFile as refused:
        assert refused.reason
