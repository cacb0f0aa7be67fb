"""A passage that a reviewer chose: its sentences as one point, each list item with the words that it hangs on."""

from collections.abc import Sequence

from corpus.document import Role
from corpus.errors import BadInput
from index.snapshot import Snapshot
from qa.points import Point, Span


def chosen_point(snapshot: Snapshot, passage_id: str, sentences: Sequence[int]) -> Point:
    """Return sentences of a passage of the snapshot, by number from 0, as one point.

    Sentences of a paragraph that follow each other are quoted as one run. Raises NotFound, and BadInput where the
    sentences are not there, or belong to two lists, or where the publication is no evidence.
    """
    row = snapshot.row_of(passage_id)
    document, section, passage = snapshot.document_of(row), snapshot.section_of(row), snapshot.passage(row)
    if not document.integrity.is_evidence:
        raise BadInput(f"{document.key} is {document.integrity.value}, and is never cited: choose another passage")
    numbers = sorted(set(sentences))
    if not numbers or numbers[0] < 0 or numbers[-1] >= len(passage.sentences):
        raise BadInput(f"choose sentences of the passage: it has {len(passage.sentences)}, counted from 0")
    picked = [passage.sentences[number] for number in numbers]
    leads = {sentence.lead for sentence in picked}
    if len(leads) > 1:
        raise BadInput("the sentences chosen stand in two lists or tables: choose those of one")
    if picked[0].lead is not None:
        runs = [picked[0].lead, *((sentence.start, sentence.end) for sentence in picked)]
        roles = [Role.PARAGRAPH, *(sentence.role for sentence in picked)]
    else:
        runs, roles = [], []
        for number, sentence in zip(numbers, picked, strict=True):
            follows = runs and number - 1 in numbers and "\n" not in section.text[runs[-1][1] : sentence.start]
            if follows:
                runs[-1] = (runs[-1][0], sentence.end)
            else:
                runs.append((sentence.start, sentence.end))
                roles.append(sentence.role)
    spans = (Span(document, section, *run, passage_id, role) for run, role in zip(runs, roles, strict=True))
    return Point(tuple(spans))
