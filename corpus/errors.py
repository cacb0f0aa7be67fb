"""The errors of Curbside, named for what the reader of one does next.

CurbsideError
├── BadInput            the file or the question is wrong: change it
│   ├── UnreadableFile  a reader cannot make a document of these bytes
│   └── BadQuestion     a question that cannot be asked as it stands
├── NotFound            no such document, passage, answer or snapshot
├── Inconsistent        what is stored does not agree with itself: the message names the remedy
│   └── IndexMismatch   a snapshot does not fit the encoder, dimension or corpus asked for
├── NotSignedIn         who asks is not known: sign in, or send an API key
├── NotAllowed          who asks is known, and may not do this: ask somebody who may
├── Overtaken           somebody else acted first: look at what happened, and decide again
├── NotReady            something has to be set up first: the message names the command
├── Busy                another process is doing this: wait and try again
│   └── TooSoon         too many attempts: wait as long as the error says
└── SourceFailed        a source on the network did not give what was asked: what is held stays
    ├── Unavailable     it may at another time: try again later
    ├── SourceRefused   it will not, as it was asked: change the key, the query or the address
    └── Rubbish         it answered with something else than its protocol says
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


class NotSignedIn(CurbsideError):
    """A request of nobody that is known."""


class NotAllowed(CurbsideError):
    """A request of somebody whose role, or whose part in the matter, does not include it."""


class Overtaken(CurbsideError):
    """An action on a state that is no longer the state."""


class NotReady(CurbsideError):
    """Something has to be set up first."""


class Busy(CurbsideError):
    """Another process holds what is needed; trying again later may work."""


class SourceFailed(CurbsideError):
    """A source on the network that did not give what it was asked for."""


class Unavailable(SourceFailed):
    """A source that may answer at another time; it was tried as often as is polite."""


class SourceRefused(SourceFailed):
    """A source that will not answer what it was asked; `status` is the HTTP status."""

    def __init__(self, message: str, status: int) -> None:
        super().__init__(message)
        self.status = status


class Rubbish(SourceFailed):
    """An answer that is not what the source's protocol says."""


class TooSoon(Busy):
    """Too many attempts; `wait_s` says after how many seconds the next one is looked at."""

    def __init__(self, message: str, wait_s: int) -> None:
        super().__init__(message)
        self.wait_s = wait_s
