"""HTML bytes as a tree: the encoding is the one that the file states, and nothing is cut off silently."""

import codecs
import re

from lxml import etree

from corpus.errors import UnreadableFile

_BOMS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_DECLARED = re.compile(
    rb"""(?:<\?xml[^>]{0,80}\sencoding|<meta[^>]{0,200}\bcharset)\s*=\s*["']?\s*([\w.:-]+)""", re.IGNORECASE
)
_HEAD_BYTES = 4096
# Pages that say Latin-1 or ASCII mean Windows-1252: so the HTML standard, and so every browser.
_MEANT = {"iso8859-1": "cp1252", "ascii": "cp1252"}
_XML_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>")


def decode(data: bytes) -> str:
    """Return the text, by byte-order mark, else as declared, else as UTF-8. Raises UnreadableFile; never replaces."""
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            return _decoded(data[len(bom) :], encoding, f"begins with the byte-order mark of {encoding}")
    declared = _DECLARED.search(data[:_HEAD_BYTES])
    if declared is None:
        return _decoded(data, "utf-8", "states no encoding, so it was read as UTF-8")
    name = declared[1].decode("ascii", "replace")
    try:
        encoding = codecs.lookup(name).name
    except LookupError as error:
        raise UnreadableFile(f'the page says that its encoding is "{name}", which is unknown: save as UTF-8') from error
    return _decoded(data, _MEANT.get(encoding, encoding), f'says that its encoding is "{name}"')


def tree(data: bytes) -> etree._Element:
    """Return the root element of a page, without comments. Raises UnreadableFile where part of it would be lost."""
    text = _XML_DECLARATION.sub("", decode(data))
    if re.search(r"<html[\s>]", text[:_HEAD_BYTES], re.IGNORECASE) and not re.search(
        r"</html\s*>", text, re.IGNORECASE
    ):
        raise UnreadableFile("the page ends before </html>, as a cut-off download does: fetch it again")
    if "<!ENTITY" in text[:_HEAD_BYTES]:
        raise UnreadableFile("the page declares entities of its own: they are never expanded; save it without them")
    parser = etree.HTMLParser(encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True, huge_tree=False)
    try:
        root = etree.fromstring(text.encode("utf-8", "surrogatepass"), parser)
    except etree.XMLSyntaxError as error:
        raise UnreadableFile(f"not HTML: {error}") from error
    fatal = [error.message for error in parser.error_log if error.level_name == "FATAL"]
    if fatal:
        raise UnreadableFile(f"the page is nested too deeply or too large in one piece: {fatal[0].strip()}")
    if root is None:
        raise UnreadableFile("no element in the page")
    return root


def _decoded(data: bytes, encoding: str, says: str) -> str:
    try:
        return data.decode(encoding)
    except (UnicodeDecodeError, LookupError) as error:
        place = f" (byte {error.start:,})" if isinstance(error, UnicodeDecodeError) else ""
        raise UnreadableFile(
            f'the page {says}, but it is not{place}: save it as UTF-8 with <meta charset="utf-8">'
        ) from error
