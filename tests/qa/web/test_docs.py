"""The API's description is a page of ours, made from the service's own schema."""

import httpx

from tests.qa.web.conftest import html


def test_every_address_of_the_api_is_described_with_what_it_takes(client: httpx.Client) -> None:
    page = html(client.get("/docs"))
    shown = {tag.get_text() for tag in page.select("h2 code")}
    schema = client.get("/openapi.json").json()
    assert shown == {f"{verb.upper()} {path}" for path, verbs in schema["paths"].items() for verb in verbs}
    assert {"POST /api/ask", "GET /api/search"} <= shown
    [ask] = [one for one in page.select("section") if one.select("h2")[0].get_text() == "POST /api/ask"]
    assert {"question (needed)", "history", "audience"} <= {tag.get_text() for tag in ask.select("dt")}
    assert not [path for path in schema["paths"] if path.startswith(("/answers", "/ask", "/static", "/sources"))]
