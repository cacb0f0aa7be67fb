"""A PDF opened for reading, within bounds of pages and memory."""

import logging
import struct
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO
from typing import Any

import pdfplumber
from pdfminer.pdfexceptions import PDFException
from pdfminer.psexceptions import PSException
from pdfplumber.utils.exceptions import MalformedPDFException, PdfminerException
from pypdf import PdfReader
from pypdf.errors import DependencyError, LimitReachedError, PyPdfError

from corpus.errors import UnreadableFile
from ingest.readers.plain import plain

MAX_PAGES = 2_000
MAX_BYTES = 200 * 1024 * 1024

# Both libraries walk structures that a damaged file leaves half there, and fail in all of these ways.
_DAMAGE = (
    PyPdfError,
    PDFException,
    PSException,
    PdfminerException,
    MalformedPDFException,
    ValueError,
    TypeError,
    AttributeError,
    LookupError,
    AssertionError,
    ArithmeticError,
    NotImplementedError,
    RecursionError,
    OSError,
    EOFError,
    struct.error,
    zlib.error,
)


@dataclass(frozen=True, slots=True)
class OpenPdf:
    """Pages of pdfplumber, with what the file's metadata says."""

    pages: Any
    page_count: int
    title: str
    author: str


@contextmanager
def opened(data: bytes) -> Iterator[OpenPdf]:
    """Open a PDF's bytes; damage that shows only while it is read is reported too.

    Raises UnreadableFile for a password, damage, too many pages, or streams that unpack without end.
    """
    if len(data) > MAX_BYTES:
        raise UnreadableFile(f"a PDF of {len(data):,} bytes: at most {MAX_BYTES:,} are read; divide it")
    with _quiet():
        try:
            pages = _check(data)
            with pdfplumber.open(BytesIO(data)) as pdf:
                yield OpenPdf(pdf.pages, pages, _said(pdf.metadata, "Title"), _said(pdf.metadata, "Author"))
        except UnreadableFile:
            raise
        except LimitReachedError as error:
            raise UnreadableFile("a page unpacks to more than any text needs (a decompression bomb?)") from error
        except _DAMAGE as error:
            raise UnreadableFile(f"the PDF is damaged or cut off ({type(error).__name__}): get another copy") from error


def _check(data: bytes) -> int:
    """Return the number of pages. An empty password is tried on encrypted files."""
    reader = PdfReader(BytesIO(data), strict=False)
    if reader.is_encrypted:
        try:
            unlocked = reader.decrypt("")
        except DependencyError as error:
            raise UnreadableFile(f"the PDF is encrypted in a way that is not readable here ({error})") from error
        if not unlocked:
            raise UnreadableFile("the PDF is encrypted and needs a password: save a copy without one")
    count = len(reader.pages)
    if count > MAX_PAGES:
        raise UnreadableFile(f"the PDF has {count:,} pages: at most {MAX_PAGES:,} are read; divide it")
    if not count:
        raise UnreadableFile("the PDF has no pages")
    for page in reader.pages:
        if (contents := page.get_contents()) is not None:
            contents.get_data()
    return count


def _said(metadata: dict[str, object], key: str) -> str:
    value = metadata.get(key)
    if isinstance(value, bytes):
        value = value.decode("utf-8", "replace")
    return plain(value) if isinstance(value, str) else ""


@contextmanager
def _quiet() -> Iterator[None]:
    """Keep the libraries' remarks on damaged files out of the terminal: what matters is raised."""
    loggers = [logging.getLogger(name) for name in ("pypdf", "pdfminer", "pdfplumber")]
    levels = [logger.level for logger in loggers]
    for logger in loggers:
        logger.setLevel(logging.CRITICAL)
    try:
        yield
    finally:
        for logger, level in zip(loggers, levels, strict=True):
            logger.setLevel(level)
