"""The API's own description: what each field of an answer is, in the OpenAPI schema that /docs shows."""

from collections.abc import Callable, Mapping
from typing import Any

from fastapi import FastAPI

# By name of the dataclass in qa/answer.py; the wire models describe themselves. docs/answer-format.md says more.
FIELDS: Mapping[str, Mapping[str, str]] = {
    "Answer": {
        "format": "The version of this format: `curbside.answer/1`.",
        "id": "Names this answer for good: `/api/answers/{id}`.",
        "question": "The question as asked, cleaned of markup and control characters.",
        "standalone": "The question as understood in its conversation.",
        "audience": "`clinician`, `pharmacist`, `student`, `patient` or `researcher`, as the asker said.",
        "created": "ISO 8601, UTC.",
        "snapshot": "The snapshot that was searched.",
        "hash": "SHA-256 over words and spans; the same words from the same characters have the same hash.",
        "status": "How the question was met.",
        "notice": 'What is to be read before anything else, "" where nothing is.',
        "understood": "What the question was taken to ask.",
        "parts": "One per source kind, in the order guideline, label, research.",
        "citations": "Every span cited, by number.",
        "refusal": "Null where the question is answered.",
        "timing_ms": "Milliseconds by stage, and `total`.",
        "confidence": "How sure it is that the points answer the question, 0 to 1; 0 where nothing is answered.",
        "conflicts": "Where sources disagree: both sides quoted; empty where no disagreement was seen.",
        "plain": "In plain words: what is written for patients, word for word. Null unless a patient asks.",
    },
    "Plain": {
        "searched": "What was searched, in words; it stands alone where nothing was found.",
        "found": "How many documents are quoted.",
        "blocks": "Claims under headings, cited and checked as all others.",
    },
    "Conflict": {
        "kind": "What they disagree in.",
        "subject": "The drug and the matter, in words.",
        "sides": "What each says, two or more.",
    },
    "ConflictSide": {
        "claim": "What it says, quoted and cited as any other claim.",
        "body": "Whose words they are: the guideline body, the journal, the manufacturer.",
        "date": 'As the publisher states it, "" where it does not.',
        "section": "Number and title of the section quoted first.",
    },
    "Understood": {
        "drugs": "The drugs asked about.",
        "unknown_drugs": "Known as drugs, but in none of the sources.",
        "aspects": "What is asked of them, likeliest first.",
        "constraints": "What was said of the patient, in words.",
        "corrections": "Spellings that were read as another.",
    },
    "Part": {
        "kind": "The kind of source.",
        "searched": "What was searched, in words; it stands alone where nothing was found.",
        "found": "How many documents are quoted.",
        "blocks": "Claims under headings.",
    },
    "Block": {"heading": 'The heading, "" for the lead.', "claims": "The points under it."},
    "Claim": {
        "text": "The quotes of `quoted`, joined by a space, or by a line feed before an item or a row.",
        "citations": "Numbers of all that support it: those quoted first, then others that say the same.",
        "quoted": "Numbers of the citations whose quotes make up the text, in order.",
        "support": "What stands behind the words.",
        "context": 'What names the subject where the text does not, "" otherwise.',
    },
    "Citation": {
        "n": "Its number in this answer, from 1.",
        "document": "The document's key, stable over its versions.",
        "version": "The key and 16 hex digits of the content hash.",
        "kind": "The kind of source.",
        "title": "The publication's title.",
        "body": "Who published it: the guideline body, the journal, the manufacturer.",
        "section": "Where in the document.",
        "loinc": 'The LOINC code of a label section, "" where there is none.',
        "start": "First character (Unicode code point, from 0) in the section's text.",
        "end": "The character after the last.",
        "quote": "The section's characters from `start` to `end`, checked against what is stored.",
        "identifiers": "By name: `pmid`, `doi`, `setid` and others.",
        "url": "Where a reader finds the publication.",
        "date": "As the publisher states it, possibly only the year.",
        "design": "Study design or grade as the source states it.",
        "integrity": "Where the publication stands with its publisher.",
        "notice": "What the source says about its standing.",
        "digest_of": 'The publication, where the text is a digest of it; "" otherwise.',
        "licence": "The licence of the text.",
        "passage": "Opens it: `/api/passages/{passage}?start=…&end=…`.",
    },
    "CitedSection": {
        "id": "Made of all that the section holds: the same id, the same text.",
        "number": 'The publisher\'s number, e.g. "5.1"; "" where there is none.',
        "title": "The section's own title.",
        "path": "The headings from the outermost to this one.",
        "page": "The page, from 1, where the source has pages.",
    },
    "Refusal": {
        "reason": "Why there is no answer.",
        "missing": "What the sources would have to say.",
        "nearest": "The sources that come nearest.",
    },
    "Nearest": {
        "document": "The document's key.",
        "kind": "The kind of source.",
        "title": "Its title.",
        "section": "Number and title of the section.",
        "url": "Where a reader finds it.",
        "passage": "Opens it: `/api/passages/{passage}`.",
    },
}


def described(app: FastAPI) -> Callable[[], dict[str, Any]]:
    """Return the application's OpenAPI schema maker with every field of an answer described."""
    plain = app.openapi

    def openapi() -> dict[str, Any]:
        made = app.openapi_schema is not None
        schema = plain()
        if not made:
            for name, fields in FIELDS.items():
                _describe(schema["components"]["schemas"][name], fields)
        return schema

    return openapi


def _describe(model: dict[str, Any], fields: Mapping[str, str]) -> None:
    """Write the descriptions into one model. An answer always has all of its fields."""
    for field, description in fields.items():
        model["properties"][field]["description"] = description
    model["required"] = list(model["properties"])
