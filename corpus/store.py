"""The store: every version of every document, where it came from, and the answers given from it."""

from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager
from datetime import date, datetime
from pathlib import Path
from types import TracebackType
from typing import Self

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine

from corpus import answers, counts, reading, transactions, writing
from corpus.blobs import Blobs
from corpus.check import document_problems, passage_problems
from corpus.database import open_database
from corpus.document import Document, Integrity, Section, SourceKind
from corpus.errors import BadInput, Inconsistent, NotFound
from corpus.passage import Passage, SplitDocument
from corpus.records import Added, Arrival, IntegrityChange, Origin, PassagePlace, Stats, Version
from corpus.rows import section_of
from corpus.schema import documents, integrity_changes, passages, sections

DATABASE = "corpus.db"
RAW = "raw"


class Store:
    """One data folder's store. Threads may share it; processes may each open the same one."""

    def __init__(self, engine: Engine, blobs: Blobs) -> None:
        self.engine = engine
        self.blobs = blobs

    @classmethod
    def open(cls, home: Path, database: str = "") -> Self:
        """Return the store of a data folder, made or migrated where needed.

        `database` is an address like postgresql://user:password@host/name; "" is SQLite in the folder. Raw files are
        in the folder either way. Raises Inconsistent; of a server also NotReady and Busy.
        """
        return cls(open_database(home / DATABASE, database), Blobs(home / RAW))

    def close(self) -> None:
        """Give the connections back."""
        self.engine.dispose()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def keep_raw(self, data: bytes, *, name: str, retrieved: date, address: str = "") -> Origin:
        """Return the origin of documents read from these bytes, once they are safely on disk."""
        return Origin(self.blobs.put(data), len(data), name, retrieved, address)

    def keep_all_raw(self, named: Sequence[tuple[str, bytes]], *, retrieved: date) -> list[Origin]:
        """Return the origins of files by name, once all of them are safely on disk: sooner than one after another."""
        hashes = self.blobs.put_all([data for _, data in named])
        pairs = zip(hashes, named, strict=True)
        return [Origin(sha256, len(data), name, retrieved) for sha256, (name, data) in pairs]

    def add(
        self,
        document: Document,
        *,
        origin: Origin,
        passages: Sequence[Passage] = (),
        splitter: str = "",
        replaces: str | None = None,
    ) -> Added:
        """Return what became of one version; all of it is stored, or nothing.

        A newer version takes the held one's place, an older one is kept beside it (`is_newer`
        says which is which). A version that is held already changes nothing but its passages,
        where `splitter` is another than theirs, and its publication's state, where it arrives
        with a graver one: a state is lifted by `set_integrity` alone.

        `replaces` is the version of this key that the same source gave before. While that one is
        current, what the source gives now takes its place whatever it states of itself: records
        change under the same version number, and a source may go back to a text that is held.
        Where another one is current, that came from another source; "" says that this source gave
        none before. Of two such texts that neither version nor date tells apart the fuller one stays.

        Raises Inconsistent where the document or its passages are not what they promise to be.
        """
        arrival = Arrival(document, origin, passages, splitter)
        self._check(arrival)
        with self.writing() as connection:
            return writing.add(connection, arrival, replaces)

    def add_all(self, arrivals: Sequence[Arrival]) -> list[Added | Inconsistent]:
        """Return what became of each of several versions, as `add` would; one that breaks its promises gives why.

        Those that do not are stored together: all of them, or nothing of any.
        """
        found: list[Added | Inconsistent | None] = []
        for arrival in arrivals:
            try:
                self._check(arrival)
                found.append(None)
            except Inconsistent as error:
                found.append(error)
        whole = [arrival for arrival, wrong in zip(arrivals, found, strict=True) if wrong is None]
        with self.writing() as connection:
            added = iter(writing.add_all(connection, whole))
        return [wrong or next(added) for wrong in found]

    def set_passages(self, document_id: str, passages: Sequence[Passage], splitter: str) -> None:
        """Put these passages in the place of a version's own. Raises NotFound or Inconsistent."""
        self._check_passages(self.get(document_id), passages)
        with self.writing() as connection:
            writing.set_passages(connection, self._row(connection, document_id)["seq"], passages, splitter)

    def splitter_of(self, document_id: str) -> str | None:
        """Return which splitter made a version's passages, None where the version is not held."""
        return self.splitters_of([document_id]).get(document_id)

    def splitters_of(self, document_ids: Sequence[str]) -> dict[str, str]:
        """Return which splitter made the passages of each of the versions that are held; ask for a few hundred."""
        with self.engine.connect() as connection:
            query = sa.select(documents.c.id, documents.c.splitter).where(documents.c.id.in_(document_ids))
            return {row.id: row.splitter for row in connection.execute(query)}

    def get(self, name: str) -> Document:
        """Return the version of that id, or the current version of that key, as it stands now. Raises NotFound."""
        with self.engine.connect() as connection:
            return reading.documents_of(connection, [self._row(connection, name)])[0]

    def get_split(self, name: str) -> SplitDocument:
        """Return the same as `get`, with its passages. Raises NotFound."""
        with self.engine.connect() as connection:
            return reading.split_documents_of(connection, [self._row(connection, name)])[0]

    def versions(self, key: str | None = None, *, kind: SourceKind | None = None) -> Iterator[Version]:
        """Yield every version held of a key in order of arrival; without a key the current ones of all, by key."""
        where: list[sa.ColumnElement[bool]] = [documents.c.is_current if key is None else documents.c.key == key]
        if kind is not None:
            where.append(documents.c.kind == kind)
        for rows in reading.batches(self.engine, where):
            yield from map(reading.version_of, rows)

    def current(self) -> Iterator[Document]:
        """Yield the current version of every publication, by key."""
        for rows in reading.batches(self.engine, [documents.c.is_current]):
            with self.engine.connect() as connection:
                found = reading.documents_of(connection, rows)
            yield from found

    def current_split(self, *, not_by: str | None = None) -> Iterator[SplitDocument]:
        """Yield the current versions with their passages, by key; only those not split by `not_by`, where given."""
        where: list[sa.ColumnElement[bool]] = [documents.c.is_current]
        if not_by is not None:
            where.append(documents.c.splitter != not_by)
        for rows in reading.batches(self.engine, where):
            with self.engine.connect() as connection:
                found = reading.split_documents_of(connection, rows)
            yield from found

    def section(self, section_id: str) -> Section:
        """Return a section, of whichever versions hold it. Raises NotFound."""
        with self.engine.connect() as connection:
            row = connection.execute(sa.select(sections).where(sections.c.id == section_id)).mappings().one_or_none()
        if row is None:
            raise NotFound(f"no section {section_id!r} is held")
        return section_of(row)

    def passage(self, passage_id: str) -> PassagePlace:
        """Return a passage in the current version that has it, else in the latest to have had it. Raises NotFound."""
        query = (
            sa.select(documents.c.id, passages.c.position)
            .join_from(passages, documents, documents.c.seq == passages.c.document)
            .where(passages.c.id == passage_id)
            .order_by(documents.c.is_current.desc(), documents.c.seq.desc(), passages.c.position)
        )
        with self.engine.connect() as connection:
            found = connection.execute(query.limit(1)).one_or_none()
        if found is None:
            raise NotFound(f"no passage {passage_id!r} is held")
        split = self.get_split(found.id)
        return PassagePlace(split.document, split.passages[found.position])

    def fingerprint(self) -> str:
        """Return 64 hex digits that change whenever what an index would be built from changes."""
        with self.engine.connect() as connection:
            return counts.fingerprint(connection)

    def stats(self) -> Stats:
        """Return counts over the store."""
        with self.engine.connect() as connection:
            return counts.stats(connection)

    def set_integrity(self, key: str, state: Integrity, why: str) -> None:
        """Set where a publication stands; its text stays. Raises NotFound, and BadInput where `why` is empty."""
        if not why.strip():
            raise BadInput("a change of integrity needs its reason: say what was published, and where")
        with self.writing() as connection:
            if self._row(connection, key)["key"] != key:
                raise BadInput(f"{key} is one version: integrity belongs to the publication, give its key")
            writing.change_standing(connection, key, writing.standing_of(connection, key), state, why)

    def integrity_history(self, key: str) -> tuple[IntegrityChange, ...]:
        """Return every change of where a publication stands, the first one first."""
        query = sa.select(integrity_changes).where(integrity_changes.c.key == key).order_by(integrity_changes.c.seq)
        with self.engine.connect() as connection:
            return tuple(
                IntegrityChange(row.at, row.was and Integrity(row.was), Integrity(row.became), row.why)
                for row in connection.execute(query)
            )

    def keep_answer(self, answer: answers.KeptAnswer) -> None:
        """Keep an answer whole, and flag it where what it cites was overtaken while it was made (`flag_answer`).

        Raises Inconsistent where a quote is not the stored characters.
        """
        # Imported here: it brings numpy, which a look at the store does without.
        from corpus.stale import flag_answer

        with self.writing() as connection:
            answers.keep(connection, answer)
            flag_answer(connection, answer.id)

    def answer(self, answer_id: str) -> answers.KeptAnswer:
        """Return a kept answer. Raises NotFound."""
        with self.engine.connect() as connection:
            return answers.one(connection, answer_id)

    def answers(self, limit: int = 100, *, before: datetime | None = None) -> tuple[answers.KeptAnswer, ...]:
        """Return the latest kept answers, the newest first."""
        with self.engine.connect() as connection:
            return tuple(answers.newest(connection, limit, before))

    def writing(self) -> AbstractContextManager[Connection]:
        """Return a transaction that writes: one at a time over all processes, all of it or nothing.

        It raises Busy where the database takes nothing now: its disk is full, or may only be read.
        """
        return transactions.writing(self.engine)

    def _row(self, connection: Connection, name: str) -> sa.RowMapping:
        row = reading.row_of(connection, name)
        if row is None:
            raise NotFound(f"no document {name!r} is held: `curbside corpus list` shows what is")
        return row

    def _check(self, arrival: Arrival) -> None:
        for problem in document_problems(arrival.document):
            raise Inconsistent(f"{arrival.document.key or arrival.origin.name} cannot be stored: {problem}")
        self._check_passages(arrival.document, arrival.passages)

    def _check_passages(self, document: Document, passages: Sequence[Passage]) -> None:
        for problem in passage_problems(document, passages):
            raise Inconsistent(f"{document.key} cannot be stored: {problem}")
