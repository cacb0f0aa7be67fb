"""The API described on a page of our own: what each address takes and gives, from the service's schema."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import Response

from qa.web.site import Site


@dataclass(frozen=True, slots=True)
class Field:
    """A parameter or a field of a body: its name, what it is, and whether it must be given."""

    name: str
    about: str
    required: bool


@dataclass(frozen=True, slots=True)
class Operation:
    """One method of one address."""

    method: str
    path: str
    summary: str
    takes: tuple[Field, ...]
    gives: tuple[tuple[str, str], ...]


def router(site: Site) -> APIRouter:
    """Return `/docs`."""
    router = APIRouter()

    @router.get("/docs")
    def docs(request: Request) -> Response:
        found = tuple(operations(request.app.openapi()))
        return site.page(request, "docs.html", title="The HTTP API", operations=found)

    return router


def operations(schema: dict[str, Any]) -> Iterator[Operation]:
    """Yield what an OpenAPI schema offers, in its order."""
    for path, methods in schema["paths"].items():
        for method, about in methods.items():
            gives = tuple((status, response["description"]) for status, response in about["responses"].items())
            takes = (*_parameters(about), *_body(about, schema))
            yield Operation(method.upper(), path, about.get("summary", ""), takes, gives)


def _parameters(about: dict[str, Any]) -> Iterator[Field]:
    for one in about.get("parameters", ()):
        said = one.get("description") or one["schema"].get("description", "")
        yield Field(one["name"], said or f"in the {one['in']}", one.get("required", False))


def _body(about: dict[str, Any], schema: dict[str, Any]) -> Iterator[Field]:
    content = about.get("requestBody", {}).get("content", {}).get("application/json")
    if content is None or "$ref" not in content["schema"]:
        return
    model = schema["components"]["schemas"][content["schema"]["$ref"].rpartition("/")[2]]
    for name, field in model["properties"].items():
        yield Field(name, field.get("description", ""), name in model.get("required", ()))
