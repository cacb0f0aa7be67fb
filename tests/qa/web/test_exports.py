"""An answer's references as files: the documents that it cites, each once, in formats that programs read."""

import httpx
import pytest
import rispy
from bibtexparser.entrypoint import parse_string

from tests.qa.web.conftest import EFFICACY, ask, html
from tests.small_home import UNKNOWN

TITLES = [
    "Treatment of osteoporosis in the sample world",
    "Sampla (examplumab): prescribing information",
    "Examplumab in women with osteoporosis, a randomized trial",
    "<script>alert('title')</script> Examplumab & \"friends\"",
]


def exported(client: httpx.Client, ending: str, question: str = EFFICACY) -> httpx.Response:
    stem = ask(client, question).partition("-")[0]
    response = client.get(f"{stem}/references.{ending}")
    assert response.status_code == 200
    assert response.headers["content-disposition"] == f'attachment; filename="curbside-{stem[9:]}.{ending}"'
    return response


def test_each_document_is_there_once_in_every_format(client: httpx.Client) -> None:
    assert [one["title"] for one in exported(client, "json").json()] == TITLES
    assert [one["title"] for one in rispy.loads(exported(client, "ris").text)] == TITLES
    library = parse_string(exported(client, "bib").text)
    assert library.failed_blocks == [] and len(library.entries) == 4
    assert library.entries[2]["journal"] == "Journal of Samples"


def test_their_types_are_those_that_programs_know(client: httpx.Client) -> None:
    assert exported(client, "bib").headers["content-type"] == "application/x-bibtex; charset=utf-8"
    assert exported(client, "ris").headers["content-type"].startswith("application/x-research-info-systems")
    assert exported(client, "json").headers["content-type"].startswith("application/vnd.citationstyles.csl+json")


def test_an_answer_that_cites_nothing_has_no_references(client: httpx.Client) -> None:
    assert exported(client, "json", UNKNOWN).json() == []


@pytest.mark.parametrize("ending", ["xml", "bib.exe", ""])
def test_another_format_is_not_found(client: httpx.Client, ending: str) -> None:
    stem = ask(client, EFFICACY).partition("-")[0]
    html(client.get(f"{stem}/references.{ending}"), 404)
