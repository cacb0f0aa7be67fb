"""PDF files made from lines with their places, for the tests of the PDF reader."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Text:
    """A line of text with its left edge and its baseline counted from the top of the page."""

    x: float
    y: float
    text: str
    size: float = 10
    bold: bool = False


@dataclass(frozen=True)
class Rule:
    """A straight line between two points, y counted from the top of the page."""

    x0: float
    y0: float
    x1: float
    y1: float


def make_pdf(pages: Sequence[Sequence[Text | Rule]], title: str = "", rotate: int = 0) -> bytes:
    """Return a PDF of letter-size pages in Helvetica."""
    objects = ["<< /Type /Catalog /Pages 2 0 R >>", ""]
    objects += [
        f"<< /Type /Font /Subtype /Type1 /BaseFont /{name} /Encoding /WinAnsiEncoding >>"
        for name in ("Helvetica", "Helvetica-Bold")
    ]
    kids = []
    for page in pages:
        content = "\n".join(_draw(item) for item in page)
        objects.append(f"<< /Length {len(content)} >>\nstream\n{content}\nendstream")
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Rotate {rotate} /Contents {len(objects)} 0 R"
            " /Resources << /Font << /F1 3 0 R /F2 4 0 R >> >> >>"
        )
        kids.append(f"{len(objects)} 0 R")
    objects[1] = f"<< /Type /Pages /Kids [{' '.join(kids)}] /Count {len(kids)} >>"
    objects.append(f"<< /Title ({title}) >>")
    data = b"%PDF-1.4\n"
    places = []
    for number, body in enumerate(objects, start=1):
        places.append(len(data))
        data += f"{number} 0 obj\n{body}\nendobj\n".encode("latin-1")
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    trailer = f"<< /Size {len(objects) + 1} /Root 1 0 R /Info {len(objects)} 0 R >>"
    end = f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}trailer\n{trailer}\nstartxref\n{len(data)}\n%%EOF\n"
    return data + end.encode()


def column(x: float, y: float, lines: Sequence[str], size: float = 10) -> list[Text]:
    """Return lines one under the other, 12 points apart."""
    return [Text(x, y + 12 * i, line, size) for i, line in enumerate(lines)]


def grid(x: float, y: float, rows: Sequence[Sequence[str]], width: float = 90) -> list[Text | Rule]:
    """Return a ruled table with rows 16 points high."""
    items: list[Text | Rule] = []
    bottom, right = y + 16 * len(rows), x + width * len(rows[0])
    for i, row in enumerate(rows):
        items += [Text(x + 4 + width * k, y + 12 + 16 * i, cell) for k, cell in enumerate(row)]
    items += [Rule(x, y + 16 * i, right, y + 16 * i) for i in range(len(rows) + 1)]
    items += [Rule(x + width * k, y, x + width * k, bottom) for k in range(len(rows[0]) + 1)]
    return items


def _draw(item: Text | Rule) -> str:
    if isinstance(item, Rule):
        return f"{item.x0} {792 - item.y0} m {item.x1} {792 - item.y1} l S"
    escaped = item.text.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")
    return f"BT /F{2 if item.bold else 1} {item.size} Tf {item.x} {792 - item.y} Td ({escaped}) Tj ET"
