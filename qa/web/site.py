"""What the pages share: the service's parts, the templates, and the entries of the header."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Protocol

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse
from jinja2 import Environment, PackageLoader, StrictUndefined

from corpus.refreshing import Run, runs
from corpus.store import Store
from qa.accounts.doors import sign_for
from qa.answerer import Answerer
from qa.audience import OFFERED
from qa.disclaimer import DISCLAIMER, DISCLAIMER_LEAD, PENDING
from qa.keep import Keeper
from qa.web.reader import reader_of
from qa.web.state import States
from qa.web.static_files import StaticFiles

# A page holds a question and whoever is logged in: no cache may keep it for another reader.
PRIVATE = {"cache-control": "private, no-cache"}


@dataclass(frozen=True, slots=True)
class Account:
    """Who is logged in, as the header shows it. `reviews`: may open the review queue."""

    name: str
    role: str
    reviews: bool = False


@dataclass(frozen=True, slots=True)
class NavItem:
    """An entry of the header; `reviews`: only for those who may review. Lower `order` comes first."""

    label: str
    href: str
    order: int
    reviews: bool = False


class Runs(Protocol):
    """Who knows how the refreshes stand, those included whose process is gone."""

    def runs(self, limit: int, collection: str | None) -> tuple[Run, ...]:
        """Return the latest runs, the newest first."""


class PageModule(Protocol):
    """What a module in qa/web/pages offers; a module may also have `NAV`, the NavItem of its page."""

    def router(self, site: "Site") -> APIRouter:
        """Return the routes of its pages."""
        ...


def nobody(request: Request) -> Account | None:
    """Return that nobody is logged in."""
    return None


def uncounted(answer_id: str) -> None:
    """Count no reads."""


def environment(static: StaticFiles) -> Environment:
    """Return the templates of qa/web/templates: every text is escaped, a name that is not given is an error."""
    templates = Environment(
        loader=PackageLoader("qa.web", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,  # a page that is served stays as it was when the service began, as its style sheets do
    )
    templates.globals |= {"static": static.url, "readers": OFFERED}
    templates.globals |= {"disclaimer_lead": DISCLAIMER_LEAD, "disclaimer": DISCLAIMER, "pending": PENDING}
    templates.filters |= {"day": day, "moment": moment}
    return templates


def day(at: datetime) -> str:
    """Return a day as it is written: "November 25, 2026"."""
    return f"{at:%B} {at.day}, {at.year}"


def moment(at: datetime) -> str:
    """Return a day with its time in UTC."""
    return f"{day(at)}, {at.astimezone(UTC):%H:%M} UTC"


@dataclass(frozen=True, slots=True)
class Site:
    """The service as its pages see it.

    `account_of` says who is logged in; `login` is the address where one logs in, "" where nobody can. `read` is told
    the id of each kept answer whose page is read. With `show_recent` the start page shows everybody what was asked
    lately, without it only those who review.
    """

    answerer: Answerer
    keeper: Keeper
    store: Store
    states: States
    account_of: Callable[[Request], Account | None] = nobody
    login: str = ""
    read: Callable[[str], None] = uncounted
    show_recent: bool = True
    refreshes: Runs | None = None
    nav: tuple[NavItem, ...] = ()
    static: StaticFiles = field(default_factory=StaticFiles)
    templates: Environment = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "templates", environment(self.static))

    def runs(self, limit: int, collection: str | None = None) -> tuple[Run, ...]:
        """Return the latest refreshes, the newest first."""
        if self.refreshes is not None:
            return self.refreshes.runs(limit, collection)
        with self.store.engine.connect() as connection:
            return runs(connection, limit, collection)

    def page(
        self,
        request: Request,
        template: str,
        values: Mapping[str, object] | None = None,
        *,
        status: int = 200,
        title: str,
        **context: object,
    ) -> HTMLResponse:
        """Return a page made from a template that extends base.html; `values` and keywords are what it names."""
        account = self.account_of(request)
        shared = {
            "title": title,
            "here": request.url.path,
            "account": account,
            "login": self.login,
            "csrf": sign_for(request),
            "nav": [item for item in self.nav if not item.reviews or (account is not None and account.reviews)],
            "reader": reader_of(request),
        }
        return HTMLResponse(
            self.templates.get_template(template).render(shared | dict(values or {}) | context), status, PRIVATE
        )

    def part(self, template: str, **context: object) -> HTMLResponse:
        """Return a part of a page, for a script that puts it into one."""
        headers = PRIVATE | {"vary": "HX-Request"}
        return HTMLResponse(self.templates.get_template(template).render(context), headers=headers)
