"""The client that connectors ask with: paced, retried, resumed, conditional, bounded, counted."""

import email.utils
import hashlib
import json
import ssl
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from types import TracebackType
from typing import Any, Self
from urllib.parse import urlencode

import httpx
import stamina

from corpus.errors import Rubbish, SourceFailed, SourceRefused, Unavailable
from ingest.fetching.kept import Kept, KeptAnswers
from ingest.fetching.pace import Pace

MIB = 1024 * 1024
USER_AGENT = "curbside (keeps a corpus of medical sources up to date)"
# A server that says "later" this way is asked again; another refusal stands (RFC 9110, RFC 6585).
LATER = frozenset({408, 425, 429, 500, 502, 503, 504})
SECRET = frozenset({"api_key", "email"})  # never kept, never printed


class AskAgain(Exception):
    """The answer says that the same request may succeed later; `after_s` where the server says when."""

    def __init__(self, why: str, after_s: float | None = None) -> None:
        super().__init__(why)
        self.after_s = after_s


@dataclass(frozen=True, slots=True)
class Patience:
    """How often a request is tried, how long is waited between (doubling, with jitter), and how long one may take."""

    attempts: int = 6
    first_wait_s: float = 0.5
    longest_wait_s: float = 60.0
    jitter_s: float = 1.0
    deadline_s: float = 120.0
    connect_s: float = 10.0
    read_s: float = 30.0


@dataclass(frozen=True, slots=True)
class Answered:
    """What a server gave: `address` without secrets, header names in lower case; `repeated` if not asked anew."""

    address: str
    status: int
    headers: Mapping[str, str]
    body: bytes
    repeated: bool = False

    def json(self) -> Any:
        """Return the body as JSON. Raises Rubbish."""
        try:
            return json.loads(self.body)
        except (ValueError, RecursionError) as error:
            raise Rubbish(f"{self.address} answered with {self.start()}, expected JSON ({error})") from error

    def start(self) -> str:
        """Return what the body is, in a few words, for a message."""
        kind = self.headers.get("content-type", "no content type")
        return f"{kind}, {len(self.body):,} bytes beginning {self.body[:60]!r}"


Check = Callable[[Answered], None]


def _accept(_answered: Answered) -> None:
    """Find nothing wrong."""


class Client:
    """Asks servers, and counts: `requests` sent, `repeated` answers taken from what is kept, `unchanged` confirmed.

    An answer that this run has already had comes from what is kept, so a run that was killed goes on
    without asking again. An answer of an earlier run that has an ETag or a Last-Modified is asked for
    with it, and 304 gives the kept one.
    """

    def __init__(
        self,
        kept: KeptAnswers,
        *,
        pace: Pace | None = None,
        patience: Patience | None = None,
        max_bytes: int = 256 * MIB,
        contact: str = "",
    ) -> None:
        self._kept = kept
        self._pace = pace or Pace()
        self._patience = patience or Patience()
        self._max_bytes = max_bytes
        timeout = httpx.Timeout(self._patience.read_s, connect=self._patience.connect_s)
        agent = f"{USER_AGENT[:-1]}; {contact})" if contact else USER_AGENT
        self._http = httpx.Client(
            verify=_trusted(), timeout=timeout, follow_redirects=True, max_redirects=5, headers={"User-Agent": agent}
        )
        self.requests = 0
        self.repeated = 0
        self.unchanged = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._http.close()

    def get(
        self,
        url: str,
        params: Mapping[str, str] | None = None,
        *,
        also: frozenset[int] = frozenset(),
        check: Check = _accept,
    ) -> Answered:
        """Return the answer to a GET: status 200, or one of `also` (404 where that is an answer, not a failure).

        `check` looks at a fresh answer before it is kept: it raises AskAgain for one that says "later" in
        its body, SourceFailed for one that is no answer. Raises Unavailable, SourceRefused, Rubbish.
        """
        return self._ask("GET", url, dict(params or {}), also, check)

    def post(
        self, url: str, form: Mapping[str, str], *, also: frozenset[int] = frozenset(), check: Check = _accept
    ) -> Answered:
        """Return the answer to a form that is sent because it is too long for an address; otherwise as `get`."""
        return self._ask("POST", url, dict(form), also, check)

    def forget(self, answered: Answered) -> None:
        """Drop a kept answer, so that the next request for it goes to the server."""
        self._kept.forget(answered.address)

    def _ask(self, method: str, url: str, params: dict[str, str], also: frozenset[int], check: Check) -> Answered:
        key = _key(method, url, params)
        held = self._kept.get(key)
        if held is not None and held[0].run == self._kept.run:
            self.repeated += 1
            return Answered(key, held[0].status, held[0].headers, held[1], repeated=True)
        validators = held[0].validators if held is not None and held[0].status == 200 else {}
        try:
            for attempt in self._attempts():
                with attempt:
                    answered = self._send(method, url, params, key, validators)
                    if answered.status != 304:
                        _judge(answered, also)
                        check(answered)
        except AskAgain as error:
            raise Unavailable(f"{key}: {error}, after {self._patience.attempts} attempts: try again later") from error
        except httpx.TooManyRedirects as error:
            raise Rubbish(f"{key} leads from one address to the next without end") from error
        except httpx.HTTPError as error:
            why = str(error) or type(error).__name__
            raise Unavailable(f"{key} cannot be reached ({why}): check the network, or try again later") from error
        now = time.time()
        if answered.status == 304 and held is not None:
            self.unchanged += 1
            kept, body = held
            headers = {**kept.headers, **answered.headers}
            self._kept.confirm(key, Kept(self._kept.run, now, key, kept.status, headers, kept.sha256))
            return Answered(key, kept.status, kept.headers, body, repeated=True)
        sha256 = hashlib.sha256(answered.body).hexdigest()
        kept = Kept(self._kept.run, now, key, answered.status, answered.headers, sha256)
        self._kept.put(key, kept, answered.body)
        return answered

    def _attempts(self) -> Any:
        p = self._patience
        return stamina.retry_context(
            on=_worth_a_retry,
            attempts=p.attempts,
            timeout=None,
            wait_initial=p.first_wait_s,
            wait_max=p.longest_wait_s,
            wait_jitter=p.jitter_s,
        )

    def _send(self, method: str, url: str, params: dict[str, str], key: str, validators: Mapping[str, str]) -> Answered:
        self._pace.wait(url)
        self.requests += 1
        given: dict[str, Any] = {"params": params or None} if method == "GET" else {"data": params}
        until = time.monotonic() + self._patience.deadline_s
        with self._http.stream(method, url, headers=dict(validators), **given) as response:
            body = bytearray()
            for part in response.iter_bytes():
                body += part
                if len(body) > self._max_bytes:
                    raise Rubbish(f"{key} sends more than {self._max_bytes:,} bytes: it is not read")
                if time.monotonic() > until:
                    raise AskAgain(f"its answer had not ended after {self._patience.deadline_s:g} s")
            headers = {name.lower(): value for name, value in response.headers.items()}
            if response.status_code == 304 and not validators:
                raise Rubbish(f"{key} says that nothing has changed, but nothing was held")
            return Answered(key, response.status_code, headers, bytes(body))


@cache
def _trusted() -> ssl.SSLContext:
    """Return the authorities that are trusted, read once: that takes longer than a request to this machine."""
    return httpx.create_ssl_context()


def _judge(answered: Answered, also: frozenset[int]) -> None:
    """Pass a status that is an answer. Raises AskAgain for "later", SourceRefused for "no"."""
    if answered.status == 200 or answered.status in also:
        return
    if answered.status in LATER:
        raise AskAgain(f"it answered {answered.status}", retry_after(answered.headers))
    raise SourceRefused(
        f"{answered.address} answered {answered.status}: {_words(answered.body)}: "
        "check the address, the key and what the collection asks for",
        answered.status,
    )


def _worth_a_retry(error: Exception) -> bool | float:
    """Return whether to ask again, and where the server says when, in how many seconds."""
    if isinstance(error, AskAgain):
        return True if error.after_s is None else error.after_s
    if isinstance(error, SourceFailed):
        return False
    return isinstance(error, httpx.TransportError) and not isinstance(error, httpx.UnsupportedProtocol)


def retry_after(headers: Mapping[str, str], now: float | None = None) -> float | None:
    """Return the seconds that Retry-After asks to wait (a number or a date: RFC 9110, 10.2.3), at most an hour."""
    told = headers.get("retry-after", "").strip()
    if told.isdigit():
        return min(float(told), 3600.0)
    try:
        moment = email.utils.parsedate_to_datetime(told).timestamp()
    except (TypeError, ValueError):
        return None
    return min(max(moment - (time.time() if now is None else now), 0.0), 3600.0)


def _key(method: str, url: str, params: Mapping[str, str]) -> str:
    """Return the address without what is secret; of a long form its hash stands for it."""
    told = urlencode({name: value for name, value in params.items() if name not in SECRET})
    if len(told) > 1500:
        told = f"sha256={hashlib.sha256(told.encode()).hexdigest()}"
    joined = f"{url}{'&' if '?' in url else '?'}{told}" if told else url
    return joined if method == "GET" else f"{method} {joined}"


def _words(body: bytes) -> str:
    return " ".join(body[:300].decode("utf-8", "replace").split()) or "nothing"
