"""Audience: for whom an answer is read. It adds to what everybody is told and takes nothing from it."""

from enum import StrEnum
from typing import Literal

from corpus.errors import BadQuestion

# The values an API takes. `researcher` came first and is still taken; the page offers the four before it.
AudienceName = Literal["clinician", "pharmacist", "student", "patient", "researcher"]


class Audience(StrEnum):
    """Who reads the answer, as they say themselves."""

    CLINICIAN = "clinician"
    PHARMACIST = "pharmacist"
    STUDENT = "student"
    PATIENT = "patient"
    RESEARCHER = "researcher"


# What the page asks ("Which best describes you?"), in its order.
OFFERED = {
    Audience.CLINICIAN: "Clinician",
    Audience.PHARMACIST: "Pharmacist",
    Audience.STUDENT: "Student",
    Audience.PATIENT: "Patient or caregiver",
}


def audience_of(name: str) -> Audience:
    """Return the audience of that name. Raises BadQuestion for any other."""
    try:
        return Audience(name)
    except ValueError:
        known = ", ".join(Audience)
        raise BadQuestion(f"found the audience {name!r:.60}, expected one of: {known}") from None


def wants_plain(audience: str) -> bool:
    """Return whether passages written for patients come first in an answer for this audience."""
    return audience == Audience.PATIENT


def wants_glossary(audience: str) -> bool:
    """Return whether the page explains medical terms on the spot to this audience without being asked to."""
    return audience in (Audience.PATIENT, Audience.STUDENT)
