"""Set ids, which name an FDA label over its versions, as a collection may write them."""

import re
from typing import Annotated

from pydantic import BeforeValidator, StringConstraints

SET_ID = r"^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$"


def _lower(given: object) -> object:
    return given.strip().lower() if isinstance(given, str) else given


def is_set_id(text: str) -> bool:
    """Return whether a source's text is a set id in lower case: it goes into addresses and searches."""
    return re.fullmatch(SET_ID, text) is not None


SetId = Annotated[str, BeforeValidator(_lower), StringConstraints(pattern=SET_ID)]
