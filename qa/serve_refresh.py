"""The refreshes over HTTP: begin one, and see how those before went."""

from datetime import datetime
from typing import Annotated, Any, Protocol

from fastapi import Depends, FastAPI, Query
from pydantic import BaseModel, ConfigDict, Field

from corpus.refreshing import Run, RunState
from qa.wire import Problem


class Refreshes(Protocol):
    """Who begins refreshes and knows those that were."""

    def begin(self, collection: str, sources: list[str]) -> str:
        """Return the id of a run that has been begun. Raises NotFound, BadInput and Busy."""

    def runs(self, limit: int, collection: str | None) -> tuple[Run, ...]:
        """Return the latest runs, the newest first."""

    def run(self, run_id: str) -> Run:
        """Return one run. Raises NotFound."""


class RefreshOrder(BaseModel):
    """What to refresh."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"examples": [{"collection": "osteoporosis"}]})

    collection: str = Field(max_length=100, description="The collection's name.")
    sources: list[str] = Field(
        default_factory=list, max_length=20, description="Only these of its sources; all if empty."
    )


class WireRun(BaseModel):
    """One run of a refresh."""

    id: str
    collection: str
    cause: str = Field(description="`command`, `schedule` or `request`.")
    started: datetime
    ended: datetime | None = Field(description="Null while it runs, or where it was interrupted.")
    state: RunState = Field(
        description="`partly`: a source was stopped and its old content kept. `interrupted`: its process is no more, "
        "and the next run goes on with it."
    )
    report: dict[str, Any] = Field(description="What became of each source, of publications and of kept answers.")

    @classmethod
    def of(cls, run: Run) -> "WireRun":
        """Return a run as the API gives it."""
        return cls(
            id=run.id,
            collection=run.collection,
            cause=run.cause,
            started=run.started,
            ended=run.ended,
            state=run.state,
            report=dict(run.report),
        )


class Begun(BaseModel):
    """A refresh that has begun; `/api/refresh/runs/{run}` tells how it stands."""

    run: str


def add_refreshes(app: FastAPI, refreshes: Refreshes, allowed: Any) -> None:
    """Add the refreshes; `allowed` is the dependency that lets only those begin one who may."""
    problems: dict[int | str, dict[str, Any]] = {404: {"model": Problem}, 409: {"model": Problem}}

    @app.post(
        "/api/refresh",
        summary="Begin a refresh of a collection",
        status_code=202,
        responses=problems,
        dependencies=[Depends(allowed)],
    )
    def begin(order: RefreshOrder) -> Begun:
        return Begun(run=refreshes.begin(order.collection, order.sources))

    @app.get("/api/refresh/runs", summary="The refreshes there were, the newest first")
    def runs(limit: Annotated[int, Query(ge=1, le=500)] = 50, collection: str | None = None) -> list[WireRun]:
        return [WireRun.of(run) for run in refreshes.runs(limit, collection)]

    @app.get("/api/refresh/runs/{run_id}", summary="One refresh", responses={404: {"model": Problem}})
    def run(run_id: str) -> WireRun:
        return WireRun.of(refreshes.run(run_id))
