"""What unknown bytes look like, in words for the ingest report."""

import codecs
import re

_MAGIC = {
    b"%PDF-": "a PDF document",
    b"PK\x03\x04": "a zip archive (or a Word, Excel or EPUB file)",
    b"PK\x05\x06": "an empty zip archive",
    b"\x1f\x8b": "a gzip file",
    b"BZh": "a bzip2 file",
    b"\xfd7zXZ\x00": "an xz file",
    b"7z\xbc\xaf\x27\x1c": "a 7-Zip archive",
    b"Rar!": "a RAR archive",
    b"\x89PNG": "a PNG picture",
    b"\xff\xd8\xff": "a JPEG picture",
    b"GIF8": "a GIF picture",
    b"II*\x00": "a TIFF picture",
    b"MM\x00*": "a TIFF picture",
    b"\xd0\xcf\x11\xe0": "an old Microsoft Office document",
    b"{\\rtf": "a rich text (RTF) document",
    b"SQLite format 3": "a SQLite database",
    b"\x7fELF": "a program",
    b"MZ": "a Windows program",
}
_ROOT = re.compile(rb"<(?![?!])([A-Za-z_][\w.:-]*)")


def looks_like(data: bytes) -> str:
    """Return what the bytes are, as far as their beginning tells: "a PDF document", "XML with the root <html>"."""
    for magic, name in _MAGIC.items():
        if data.startswith(magic):
            return name
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "text in UTF-16"
    head = data[:4096].removeprefix(codecs.BOM_UTF8).lstrip()
    if not head:
        return "nothing but white space"
    if b"\x00" in head:
        return "binary data"
    if head.startswith(b"<"):
        if b"<!ENTITY" in head:
            return "XML that declares entities of its own, which are never expanded"
        root = _ROOT.search(head)
        return f"XML or HTML that begins with <{root[1].decode()}>" if root else "XML without a root element"
    if head.startswith((b"{", b"[")):
        return "JSON"
    return "plain text" if _is_utf8(head) else "text or data that is not UTF-8"


def _is_utf8(head: bytes) -> bool:
    """Return whether bytes decode as UTF-8, forgiving a character cut at the end."""
    try:
        codecs.getincrementaldecoder("utf-8")().decode(head, final=False)
    except UnicodeDecodeError:
        return False
    return True
