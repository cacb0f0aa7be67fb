"""The errors of Curbside, named for what the reader of one does next.

CurbsideError
├── BadInput            the file or the question is wrong: change it
│   ├── UnreadableFile  a reader cannot make a document of these bytes
│   └── BadQuestion     a question that cannot be asked as it stands
├── NotFound            no such document, passage, answer or snapshot
├── Inconsistent        what is stored does not agree with itself: the message names the remedy
│   └── IndexMismatch   a snapshot does not fit the encoder, dimension or corpus asked for
├── NotReady            something has to be set up first: the message names the command
└── Busy                another process is doing this: wait and try again
"""


class CurbsideError(Exception):
    """Any failure that Curbside foresees; its message says what to do."""


class BadInput(CurbsideError):
    """Input that must change before it can be used."""


class UnreadableFile(BadInput):
    """Bytes that no document can be made of. `reason` is a sentence for the ingest report."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class BadQuestion(BadInput):
    """A question that cannot be asked as it stands."""


class NotFound(CurbsideError):
    """An identifier that names nothing here."""


class Inconsistent(CurbsideError):
    """Stored state that does not agree with itself."""


class IndexMismatch(Inconsistent):
    """A snapshot that does not fit the encoder, the dimension or the corpus asked for."""


class NotReady(CurbsideError):
    """Something has to be set up first."""


class Busy(CurbsideError):
    """Another process holds what is needed; trying again later may work."""
