"""What the E-utilities say in place of an answer: later, never, or that a kept list is gone."""

import json
import re
from typing import Any

from corpus.errors import Rubbish, SourceRefused, Unavailable, UnreadableFile
from ingest.fetching.client import Answered, AskAgain, Check
from ingest.readers.xml import parse, root_tag

_ANSWERS = {"esearch": "eSearchResult", "epost": "ePostResult", "efetch": "PubmedArticleSet"}
_ERRORS = frozenset({*_ANSWERS.values(), "eFetchResult"})

# Looked for in this order: "Search Backend failed: 'retstart' cannot be larger than 9998" will not pass later.
_NONE = re.compile(r"id list is empty", re.IGNORECASE)
_NEVER = re.compile(r"cannot be larger|out of acceptable range|api.?key", re.IGNORECASE)
_NO_LIST = re.compile(r"web ?env|query_?key|unable to obtain query|history", re.IGNORECASE)
_LATER = re.compile(
    r"rate limit|temporar|try again|backend failed|search failed|server error|exception|timed? ?out|unavailable"
    r"|unable to (?:open|connect|route)|internal error|too many requests|overload",
    re.IGNORECASE,
)


class HistoryGone(Unavailable):
    """A list that the history server keeps no longer; it does so for some eight hours."""


def check(what: str, *, of_list: bool) -> Check:
    """Return what looks at an answer of one of the utilities before it is kept.

    `of_list` is whether a list was named that the history server keeps. It raises AskAgain for "later", whatever
    the status, HistoryGone for a list that is gone, SourceRefused for another error, Rubbish for what is no answer
    of this utility.
    """

    def look(answered: Answered) -> None:
        body = answered.body.strip()
        if body.startswith(b"{"):
            _judge(answered, [_json_error(answered)], of_list)
            raise Rubbish(f"{answered.address} answered with {answered.start()}, expected XML")
        root = root_tag(body)
        if root not in _ERRORS:
            raise Rubbish(f"{answered.address} answered with {answered.start()}, expected <{_ANSWERS[what]}>")
        if not body.endswith((f"</{root}>".encode(), f"<{root}/>".encode())):
            raise AskAgain("its answer is cut off before the end")
        if b"<ERROR>" in body:
            _judge(answered, [text for one in _parsed(answered).iter("ERROR") if (text := _words(one.text))], of_list)
        elif root != _ANSWERS[what]:
            raise Rubbish(f"{answered.address} answered with <{root}>, expected <{_ANSWERS[what]}>")

    return look


def _judge(answered: Answered, errors: list[str], of_list: bool) -> None:
    """Return where the errors only say that there is nothing. Raises AskAgain, HistoryGone, SourceRefused."""
    for error in errors:
        if _NONE.search(error):
            continue
        if not _NEVER.search(error):
            if of_list and _NO_LIST.search(error):
                raise HistoryGone(f"{answered.address}: the list that was kept there is gone ({error}): try again")
            if _LATER.search(error):
                raise AskAgain(f'it says "{error}"')
        raise SourceRefused(
            f'{answered.address} refuses: "{error}": check the query, the PMIDs and the key of NCBI', answered.status
        )


def _json_error(answered: Answered) -> str:
    """Return the error that a JSON object tells, without the key that it repeats."""
    try:
        said: Any = json.loads(answered.body)
    except ValueError as error:
        raise Rubbish(f"{answered.address} answered with {answered.start()}, expected XML ({error})") from error
    return _words(str(said.get("error") or said.get("message") or "an error that it does not name"))


def _parsed(answered: Answered) -> Any:
    try:
        return parse(answered.body)
    except UnreadableFile as error:
        raise Rubbish(f"{answered.address} answered with XML that cannot be read ({error.reason})") from error


def _words(text: str | None) -> str:
    return " ".join((text or "").split())
