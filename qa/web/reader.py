"""Who reads: one of four, chosen on the page and remembered in a cookie."""

from enum import StrEnum

from starlette.requests import HTTPConnection

COOKIE = "audience"
REMEMBERED_S = 365 * 24 * 3600


class Reader(StrEnum):
    """Which best describes the reader; the language follows, what is said does not change."""

    CLINICIAN = "clinician"
    PHARMACIST = "pharmacist"
    STUDENT = "student"
    PATIENT = "patient"

    @property
    def label(self) -> str:
        """Return the words of the choice."""
        return _LABELS[self]

    @property
    def asks_as(self) -> str:
        """Return the audience that an answer is asked for, as the API names it."""
        return "patient" if self is Reader.PATIENT else "clinician"


_LABELS = {
    Reader.CLINICIAN: "Clinician",
    Reader.PHARMACIST: "Pharmacist",
    Reader.STUDENT: "Student",
    Reader.PATIENT: "Patient or caregiver",
}


def reader_of(request: HTTPConnection) -> Reader | None:
    """Return whom the cookie says, None where nobody has chosen or it holds something else."""
    chosen = request.cookies.get(COOKIE, "")
    return Reader(chosen) if chosen in set(Reader) else None
