"""What the encoder reads for a passage and for a sentence, and what BM25 reads for a passage."""

from corpus.document import Document, Section, SourceKind
from corpus.passage import Passage, Sentence, encoder_text

VERSION = 2
MAX_LEAD_CHARS = 120


def passage_text(document: Document, passage: Passage) -> str:
    """Return what the encoder reads: title, headings, lead and text."""
    return encoder_text(document, document.sections[passage.section], passage.text, passage.lead)


def lexical_text(document: Document, passage: Passage) -> str:
    """Return what BM25 reads: what the encoder reads, then the document's subjects, drugs and brands.

    Of a label the title comes twice: it names the drug, which is what most questions turn on.
    """
    more = [*document.subjects, *document.drugs, *document.brands]
    if document.kind is SourceKind.LABEL:
        more.append(document.title)
    return "\n".join([passage_text(document, passage), *more])


def sentence_text(section: Section, sentence: Sentence) -> str:
    """Return the sentence, after its lead where it has one: an item or a row does not say what it speaks of."""
    text = section.text[sentence.start : sentence.end]
    if sentence.lead is None:
        return text
    lead = section.text[slice(*sentence.lead)]
    if len(lead) > MAX_LEAD_CHARS:
        lead = lead[:MAX_LEAD_CHARS].rsplit(None, 1)[0]
    return f"{lead}\n{text}"
