"""The answerer: a question in, a checked answer out."""

import time
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

import structlog

from corpus.document import Document, SourceKind
from index.encoders.base import Encoder
from index.encoders.minilm_onnx import MiniLmOnnx
from index.encoders.models import Precision, model_folder
from index.hit import Filters, Hit
from index.search import Searcher
from qa.answer import FORMAT, Answer, Refusal, Status, Understood, sealed
from qa.asked import Asked, ask_of
from qa.audience import Audience, audience_of, wants_plain
from qa.check import checked, without_uncited
from qa.cite import Citations
from qa.compose import Blocks, compose, parts_of, spans_of
from qa.conflicts import conflicts_of
from qa.guideline_part import unheard
from qa.identified import identified
from qa.intent import Intent
from qa.label_ranking import labels_reranked
from qa.library import Library, Shelf
from qa.plain_part import plain_of
from qa.population_part import for_whom
from qa.question import clean_question
from qa.refuse import nearest, settle
from qa.turning import left_open
from qa.understand import Understanding, history_of, stays, understand
from qa.urgent import DECLINED, EMERGENCY, declined_blocks, urgent_blocks
from qa.withheld import named, withheld

RETRACTED = "What is held here on this has been retracted or withdrawn, and no sound source answers it."

_log = structlog.get_logger()
_BESIDE = ThreadPoolExecutor(4, thread_name_prefix="understand")


@dataclass(frozen=True, slots=True)
class Met:
    """How a question is met, before anything is cited."""

    status: Status
    notice: str
    blocks: dict[SourceKind, Blocks]
    refusal: Refusal | None = None
    confidence: float = 0.0


class Answerer:
    """Answers questions from what is published in a data folder. Threads may share it."""

    def __init__(
        self,
        home: Path,
        *,
        precision: Precision = "int8",
        threads: int = 2,
        encoder: Encoder | None = None,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        encoder = encoder or MiniLmOnnx(model_folder(home), precision, threads)
        self._shelf = Shelf(home, encoder)
        self._now = now

    def library(self) -> Library:
        """Return what is answered from now. Raises NotReady where nothing has been published."""
        return self._shelf.library()

    def search(
        self, question: str, *, kind: SourceKind | None = None, k: int = 10, filters: Filters | None = None
    ) -> list[Hit]:
        """Return the passages nearest to a question, labels by drug and section first. Raises BadQuestion."""
        text = clean_question(question)
        library, filters = self.library(), filters or Filters()
        query = library.searcher.prepare(text)
        hits = library.searcher.search(query, kind=kind, k=k, filters=filters)
        return labels_reranked(hits, understand(text, (), library.lexicon), library.searcher, query, filters)

    def ask(
        self, question: str, history: Sequence[str] = (), *, audience: str = "clinician", without: Sequence[str] = ()
    ) -> Answer:
        """Return the answer to a question, understood after the questions in `history`, oldest first.

        `without` are constraints that the reader has taken back, by the text that `understood` gives them.

        Every claim was checked against the stored text; one that failed is left out and logged. The parts, the
        disagreements and their citations are the same for every audience; a patient is given `plain` besides.
        Raises BadQuestion, NotReady.
        """
        clock = _Clock()
        reader = audience_of(audience)
        text = clean_question(question)
        library = self.library()
        if not (history or without) and stays(text, library.lexicon):
            # It is encoded as it was asked, and understood meanwhile: the network does not need the interpreter.
            understanding = _BESIDE.submit(understand, text, (), library.lexicon)
            clock.lap("understand")
            ahead = library.searcher.prepare_all([text])
            asked = ask_of(understanding.result(), library.searcher, ahead)
        else:
            turns = history_of(_cleaned(history), library.lexicon, without)
            understood = understand(text, turns, library.lexicon, without)
            clock.lap("understand")
            asked = ask_of(understood, library.searcher)
        clock.lap("encode")
        met = _found(asked, library)
        clock.lap("compose")
        answer = self._assembled(asked, library, reader, met)
        answer, wrong = checked(answer, library.snapshot)
        if wrong:
            _log.error("claims failed the check and were left out", snapshot=answer.snapshot, faults=len(wrong))
            answer = _refused_if_empty(answer, asked, library)
        clock.lap("check")
        return replace(sealed(answer), timing_ms=clock.laps())

    def _assembled(
        self,
        asked: Asked,
        library: Library,
        audience: Audience,
        met: Met,
    ) -> Answer:
        citations = Citations()
        parts = parts_of(met.blocks, asked, library.searcher, citations)
        answered = met.status is Status.ANSWERED
        conflicts = conflicts_of(asked, library.searcher, spans_of(met.blocks), citations) if answered else ()
        # Last, so that it cannot change what everybody is told, nor the numbers of its citations.
        plain = plain_of(asked, library.searcher, citations) if answered and wants_plain(audience) else None
        return Answer(
            format=FORMAT,
            id="",
            question=asked.understanding.question,
            standalone=asked.understanding.standalone,
            audience=audience.value,
            created=self._now().isoformat(timespec="milliseconds"),
            snapshot=library.snapshot.manifest.id,
            hash="",
            status=met.status,
            notice=met.notice,
            understood=_understood(asked.understanding),
            parts=parts,
            citations=citations.all(),
            refusal=met.refusal,
            timing_ms={},
            confidence=round(met.confidence, 3),
            conflicts=conflicts,
            plain=plain,
        )


def _found(asked: Asked, library: Library) -> Met:
    """Return how the question is met: what comes before evidence, the answer, or the refusal."""
    intent = asked.understanding.intent
    searcher = library.searcher
    if intent is Intent.EMERGENCY:
        return Met(Status.EMERGENCY, EMERGENCY, urgent_blocks(asked, searcher))
    if intent in DECLINED:
        refusal = Refusal(DECLINED[intent], (), nearest(asked, searcher) if intent is Intent.COPY else ())
        return Met(Status.DECLINED, "", declined_blocks(asked, searcher), refusal)
    found = compose(asked, searcher)
    settled = settle(asked, found, searcher)
    blocks, refused = settled.blocks, settled.refusal
    if refused is not None:
        retracted = withheld(asked, searcher)
        if retracted and not any(found.values()):
            refused = replace(refused, reason=RETRACTED)
        return Met(Status.REFUSED, _notice(asked, searcher, (), retracted), {}, refused, settled.confidence)
    patient = for_whom(asked, searcher, blocks[SourceKind.LABEL])
    said = _notice(asked, searcher, left_open(asked, blocks, searcher), withheld(asked, searcher))
    notice = [said, patient.notice, unheard(asked, blocks)]
    return Met(Status.ANSWERED, " ".join(filter(None, notice)), patient.added_to(blocks), None, settled.confidence)


def _notice(asked: Asked, searcher: Searcher, unsaid: Sequence[str], retracted: list[Document]) -> str:
    """Return what the reader must know of how the question was read and of what was left out."""
    understanding = asked.understanding
    said = [f"Read as: {correction}." for correction in understanding.corrections]
    unknown = ", ".join(drug.label for drug in understanding.unknown_drugs)
    if unknown:
        said.append(f"No label of {unknown} is held here.")
    if unsaid:
        said.append(f"None of what follows speaks of: {', '.join(unsaid)}.")
    said += [identified(asked, searcher), named(retracted)]
    return " ".join(filter(None, said))


def _refused_if_empty(answer: Answer, asked: Asked, library: Library) -> Answer:
    """Return the answer as a refusal where the check left nothing of it."""
    if answer.status is not Status.ANSWERED or answer.claims():
        return answer
    reason = "What was found did not pass the check of its citations, and is not shown."
    refusal = Refusal(reason, (), nearest(asked, library.searcher))
    return without_uncited(replace(answer, status=Status.REFUSED, refusal=refusal, plain=None))


def _understood(understanding: Understanding) -> Understood:
    return Understood(
        drugs=tuple(dict.fromkeys(name for drug in understanding.drugs for name in drug.names or (drug.label,))),
        unknown_drugs=tuple(dict.fromkeys(drug.label for drug in understanding.unknown_drugs)),
        aspects=tuple(scored.aspect.value for scored in understanding.aspects),
        constraints=tuple(constraint.text for constraint in understanding.constraints),
        corrections=understanding.corrections,
    )


def _cleaned(history: Iterable[str]) -> list[str]:
    return [clean_question(question) for question in history]


class _Clock:
    """Milliseconds by stage."""

    def __init__(self) -> None:
        self._started = self._last = time.perf_counter()
        self._laps: dict[str, float] = {}

    def lap(self, stage: str) -> None:
        now = time.perf_counter()
        self._laps[stage] = round(1000 * (now - self._last), 3)
        self._last = now

    def laps(self) -> dict[str, float]:
        return {**self._laps, "total": round(1000 * (self._last - self._started), 3)}
