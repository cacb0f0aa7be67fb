"""Split: a document's sections become passages of whole sentences that the encoder reads uncut."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from itertools import pairwise

from corpus.document import Document, Section
from corpus.errors import UnreadableFile
from corpus.passage import Passage, Sentence, encoder_text, passage_id
from ingest.balance import balance
from ingest.sentence_cut import cut
from ingest.sentences import sentences_of

Count = Callable[[Sequence[str]], list[int]]
TARGET_TOKENS = 200
MIN_ROOM = 16  # tokens of text that must fit behind title, headings and lead


def split(
    document: Document, count_tokens: Count, max_tokens: int, target_tokens: int = TARGET_TOKENS
) -> tuple[Passage, ...]:
    """Return the document's passages in reading order; every sentence is in exactly one.

    A section that repeats another in all that it holds would give the same ids: it is split once.
    No passage crosses a section, and none is more than `max_tokens` as the encoder reads it, with
    title, headings, lead and special tokens (`encoder_text`); `target_tokens`, counted the same
    way, is the size they are balanced around. A sentence too long for that is cut at clauses.
    `count_tokens` counts special tokens and is called a few times, on all texts at once. Raises
    UnreadableFile where title and headings leave no room for text.
    """
    tokens = _Tokens(count_tokens)
    limit = max_tokens
    while True:
        passages = _passages(document, tokens, limit, min(target_tokens, limit))
        counts = count_tokens([_as_encoded(document, passage) for passage in passages])
        over = max(counts, default=0) - max_tokens
        if over <= 0:
            return passages
        limit -= over  # a tokenizer whose counts do not add up: ask for less


def _passages(document: Document, tokens: "_Tokens", limit: int, target: int) -> tuple[Passage, ...]:
    passages = []
    seen: set[str] = set()
    for number, (section, sentences) in enumerate(_fitting(document, tokens, limit)):
        section_id = section.id
        if section_id in seen or not sentences:
            continue
        seen.add(section_id)
        joints = [0, *(tokens[_between(section, a, b)] for a, b in pairwise(sentences))]
        heads = [tokens.specials + tokens[_before(document, section, sentence)] for sentence in sentences]
        sizes = [tokens[section.text[sentence.start : sentence.end]] for sentence in sentences]
        begins = _begin_blocks(section, sentences)
        for first, last in balance(sizes, joints, heads, begins, target, limit):
            run = tuple(sentences[first:last])
            start, end = run[0].start, run[-1].end
            name = passage_id(document.key, section_id, start, end)
            passages.append(Passage(name, number, start, end, section.text[start:end], run))
    return tuple(passages)


def _fitting(document: Document, tokens: "_Tokens", limit: int) -> list[tuple[Section, list[Sentence]]]:
    """Return each section with its sentences, those that do not fit behind what names them cut until they do."""
    found = [(section, list(sentences_of(section))) for section in document.sections]
    while True:
        tokens.learn(
            text
            for section, sentences in found
            for before, sentence in zip([None, *sentences], sentences, strict=False)
            for text in (
                section.text[sentence.start : sentence.end],
                _before(document, section, sentence),
                _between(section, before, sentence) if before else "",
            )
        )
        cut_any = False
        for index, (section, sentences) in enumerate(found):
            pieces = [piece for s in sentences for piece in _pieces(document, section, s, tokens, limit)]
            cut_any = cut_any or len(pieces) > len(sentences)
            found[index] = (section, pieces)
        if not cut_any:
            return found


def _pieces(document: Document, section: Section, sentence: Sentence, tokens: "_Tokens", limit: int) -> list[Sentence]:
    head = tokens.specials + tokens[_before(document, section, sentence)]
    size = tokens[section.text[sentence.start : sentence.end]]
    if head + size <= limit:
        return [sentence]
    room = limit - head
    if room < MIN_ROOM:
        raise UnreadableFile(
            f"title and headings of section {section.title!r} take {head} of the {limit} tokens that the encoder "
            f"reads: {MIN_ROOM} must be left for text; shorten the title or choose an encoder that reads more"
        )
    runs = cut(section.text, sentence.start, sentence.end, max(2, -(-size // room)))
    return [replace(sentence, start=start, end=end) for start, end in runs]


class _Tokens:
    """Token counts by text, special tokens left out; each text is counted once."""

    def __init__(self, count: Count) -> None:
        self._count = count
        self._known: dict[str, int] = {}

    def learn(self, texts: Iterable[str]) -> None:
        """Count the texts not yet known, in one call."""
        new = [text for text in dict.fromkeys(("", *texts)) if text not in self._known]
        if new:
            self._known.update(zip(new, self._count(new), strict=True))

    @property
    def specials(self) -> int:
        """Return how many special tokens every text gets."""
        return self._known[""]

    def __getitem__(self, text: str) -> int:
        return self._known[text] - self._known[""]


def _before(document: Document, section: Section, sentence: Sentence) -> str:
    """Return what the encoder reads before the text of a passage that begins with this sentence."""
    lead = sentence.lead if sentence.lead and sentence.lead[0] < sentence.start else None
    return encoder_text(document, section, "", lead)


def _between(section: Section, before: Sentence, after: Sentence) -> str:
    """Return the characters between two sentences that are in neither: a table's header."""
    return section.text[before.end : after.start].strip()


def _begin_blocks(section: Section, sentences: Sequence[Sentence]) -> list[bool]:
    starts = {block.start for block in section.blocks}
    return [
        sentence.start in starts or i == 0 or "\n" in section.text[sentences[i - 1].end : sentence.start]
        for i, sentence in enumerate(sentences)
    ]


def _as_encoded(document: Document, passage: Passage) -> str:
    return encoder_text(document, document.sections[passage.section], passage.text, passage.lead)
