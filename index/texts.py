"""What the encoder reads for a passage and for a sentence, and what BM25 reads for a passage."""

from corpus.document import Document, Section
from corpus.passage import Passage, Sentence, encoder_text

VERSION = 1
MAX_LEAD_CHARS = 120


def passage_text(document: Document, passage: Passage) -> str:
    """Return title, headings, lead and text: for the encoder and for BM25 alike."""
    return encoder_text(document, document.sections[passage.section], passage.text, passage.lead)


def sentence_text(section: Section, sentence: Sentence) -> str:
    """Return the sentence, after its lead where it has one: an item or a row does not say what it speaks of."""
    text = section.text[sentence.start : sentence.end]
    if sentence.lead is None:
        return text
    lead = section.text[slice(*sentence.lead)]
    if len(lead) > MAX_LEAD_CHARS:
        lead = lead[:MAX_LEAD_CHARS].rsplit(None, 1)[0]
    return f"{lead}\n{text}"
