"""Citations: spans numbered in the order in which a reader meets them."""

from collections.abc import Iterable

from qa.answer import Citation, CitedSection, Claim, Support
from qa.points import Point, Span


class Citations:
    """The numbered list that an answer's claims point into; the same span always has the same number."""

    def __init__(self) -> None:
        self._numbers: dict[tuple[str, str, int, int], int] = {}
        self._citations: list[Citation] = []

    def claim(self, point: Point) -> Claim:
        """Return the point as a claim whose spans are cited here."""
        quoted = tuple(self._number(span) for span in point.quoted)
        also = tuple(self._number(span) for span in point.also)
        citations = tuple(dict.fromkeys(quoted + also))
        return Claim(point.text, citations, quoted, Support.VERBATIM, point.context)

    def claims(self, points: Iterable[Point]) -> tuple[Claim, ...]:
        """Return the points as claims, in order."""
        return tuple(self.claim(point) for point in points)

    def all(self) -> tuple[Citation, ...]:
        """Return every citation, by number from 1."""
        return tuple(self._citations)

    def _number(self, span: Span) -> int:
        found = self._numbers.get(span.place)
        if found is None:
            found = len(self._citations) + 1
            self._numbers[span.place] = found
            self._citations.append(_citation(found, span))
        return found


def _citation(n: int, span: Span) -> Citation:
    document, section = span.document, span.section
    return Citation(
        n=n,
        document=document.key,
        version=document.id,
        kind=document.kind,
        title=document.title,
        body=document.body,
        section=CitedSection(section.id, section.number, section.title, section.heading, section.page),
        loinc=section.code,
        start=span.start,
        end=span.end,
        quote=span.quote,
        identifiers=dict(document.identifiers),
        url=document.url,
        date=document.effective or (str(document.year) if document.year else ""),
        design=document.design,
        integrity=document.integrity,
        notice=document.notice,
        digest_of=document.digest_of,
        licence=document.licence,
        passage=span.passage,
    )
