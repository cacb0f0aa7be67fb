"""For a patient a terminal shows first what is written for patients, and the same page below it."""

import json
import re

from tests.commands.conftest import Run
from tests.small_home import INDICATION

NOTHING = "No text written for patients of examplumab is held here."


def numbered(page: str) -> str:
    """Return a page without what differs from one asking to the next."""
    return re.sub(r"answer \w+ · snapshot \w+ · \d+ ms", "", page)


def test_in_plain_words_comes_before_the_parts_and_the_rest_is_the_same(run: Run) -> None:
    page = run("ask", INDICATION, "--audience", "patient").stdout
    assert page.index("In Plain Words") < page.index("From the Guidelines")
    assert NOTHING in page
    before, _, rest = page.partition("In Plain Words")
    told = rest[rest.index("From the Guidelines") :]
    assert numbered(before + told) == numbered(run("ask", INDICATION).stdout)


def test_json_says_who_asked_and_what_is_held_for_them(run: Run) -> None:
    printed = json.loads(run("ask", INDICATION, "--audience", "patient", "--json").stdout)
    assert printed["audience"] == "patient" and printed["plain"]["searched"].startswith(NOTHING)
    assert json.loads(run("ask", INDICATION, "--json").stdout)["plain"] is None


def test_a_conversation_has_one_too(run: Run) -> None:
    assert "In Plain Words" in run("chat", "--audience", "patient", lines=f"{INDICATION}\n\n").stdout


def test_an_audience_that_there_is_not_is_named(run: Run) -> None:
    said = run("ask", INDICATION, "--audience", "cat")
    assert said.exit_code == 2 and "'cat' is not one of" in said.output
