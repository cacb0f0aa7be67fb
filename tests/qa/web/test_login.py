"""Logging in over real HTTP: cookies, signs of forms, slowed attempts, keys, and what needs an account."""

import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest
from bs4 import BeautifulSoup

from corpus.store import Store
from qa.accounts.doors import COOKIE, Doors
from qa.accounts.roles import Role
from qa.answerer import Answerer
from qa.keep import AnswerKeeper
from qa.serve import create_app
from tests.index.corpora import WordEncoder
from tests.qa.accounts.conftest import quick
from tests.qa.web.conftest import BROWSER, html
from tests.serving import serving
from tests.small_home import DOSE

GOOD, BETTER = "a quite good password", "a much better password"


@contextmanager
def opened(home: Path, *, require_login: bool = False) -> Iterator[tuple[httpx.Client, Doors]]:
    """Yield a client and the doors of a service with accounts."""
    with Store.open(home) as store:
        doors = Doors.of(store, passwords=quick())
        answerer = Answerer(home, encoder=WordEncoder())
        app = create_app(answerer, AnswerKeeper(store), store, doors=doors, require_login=require_login)
        with serving(app) as client:
            client.headers.update(BROWSER)
            yield client, doors


@pytest.fixture
def own_home(untouched_home: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(untouched_home, tmp_path / "home"))


@pytest.fixture
def service(own_home: Path) -> Iterator[tuple[httpx.Client, Doors]]:
    with opened(own_home) as found:
        yield found


def account(doors: Doors, name: str = "anna", role: Role = Role.REVIEWER) -> None:
    """Make an account with the password GOOD."""
    doors.accounts.change_password(name, doors.accounts.add(name, role).password, GOOD)


def sign_in(page: BeautifulSoup) -> str:
    """Return the sign in a page's form."""
    field = page.find("input", {"name": "csrf"})
    assert field is not None
    return str(field["value"])


def log_in(client: httpx.Client, name: str = "anna", password: str = GOOD, **fields: str) -> httpx.Response:
    """Return what comes of filling in the form."""
    page = html(client.get("/login"))
    return client.post("/login", data={"name": name, "password": password, "csrf": sign_in(page), **fields})


def test_whoever_logs_in_is_shown_in_the_header_and_whoever_logs_out_is_not(
    service: tuple[httpx.Client, Doors],
) -> None:
    client, doors = service
    account(doors)
    response = log_in(client, next="/editorial-policy")
    assert (response.status_code, response.headers["location"]) == (303, "/editorial-policy")
    page = html(client.get("/editorial-policy"))
    assert page.select_one("a.account").text == "anna"  # type: ignore[union-attr]
    token = client.cookies[COOKIE]
    assert client.get("/login").headers["location"] == "/"
    client.post("/logout", data={"csrf": sign_in(page)})
    assert COOKIE not in client.cookies
    assert html(client.get("/")).select_one("a.account") is None
    assert doors.sessions.identity(token) is None, "the session ended, not only the cookie"


def test_the_cookie_can_be_read_by_no_script_and_is_sent_by_no_other_site(service: tuple[httpx.Client, Doors]) -> None:
    client, doors = service
    account(doors)
    [cookie] = [one for one in log_in(client).headers.get_list("set-cookie") if one.startswith(COOKIE)]
    parts = {part.strip().lower() for part in cookie.split(";")[1:]}
    assert {"httponly", "samesite=lax", "path=/", "max-age=604800"} <= parts and "secure" not in parts


def test_over_https_the_cookie_is_of_this_host_alone(own_home: Path) -> None:
    with Store.open(own_home) as store:
        doors = Doors.of(store, passwords=quick())
        account(doors)
        app = create_app(Answerer(own_home, encoder=WordEncoder()), AnswerKeeper(store), store, doors=doors)
        with serving(app) as client:  # what a proxy on this machine says, as uvicorn takes it
            client.headers.update(BROWSER | {"x-forwarded-proto": "https"})
            page = client.get("/login")
            [visit] = page.headers.get_list("set-cookie")
            form = {"name": "anna", "password": GOOD, "csrf": sign_in(html(page))}
            response = client.post("/login", data=form, headers={"cookie": visit.split(";")[0]})
    [cookie] = [one for one in response.headers.get_list("set-cookie") if one.startswith(f"__Host-{COOKIE}=")]
    assert "; secure" in cookie.lower() and "domain" not in cookie.lower()


def test_a_session_made_before_the_login_is_not_the_one_after_it(service: tuple[httpx.Client, Doors]) -> None:
    client, doors = service
    account(doors)
    client.cookies.set(COOKIE, "chosen-by-somebody-else", domain="127.0.0.1")
    assert log_in(client).status_code == 303
    assert "chosen-by-somebody-else" not in (client.cookies.get(COOKIE, domain="127.0.0.1") or "")


@pytest.mark.parametrize(("name", "password"), [("anna", "wrong"), ("nobody", GOOD), ("", ""), ("<b>x</b>", "'--")])
def test_a_wrong_name_and_a_wrong_password_look_the_same(
    service: tuple[httpx.Client, Doors], name: str, password: str
) -> None:
    client, doors = service
    account(doors)
    page = html(log_in(client, name, password), status=401)
    assert page.select_one(".said-error").text == "The name or the password is wrong."  # type: ignore[union-attr]
    assert page.find("input", {"id": "name"})["value"] == name  # type: ignore[index]
    assert COOKIE not in client.cookies


def test_who_fails_again_and_again_has_to_wait_and_is_told_how_long(service: tuple[httpx.Client, Doors]) -> None:
    client, doors = service
    account(doors)
    for _ in range(3):
        assert log_in(client, password="wrong").status_code == 401
    response = log_in(client)
    assert html(response, status=429).select_one(".said-error") is not None
    assert response.headers["retry-after"] == "1"


@pytest.mark.parametrize("sign", ["", "0" * 64, "é"])
def test_a_form_that_is_not_from_here_does_not_log_in(service: tuple[httpx.Client, Doors], sign: str) -> None:
    client, doors = service
    account(doors)
    assert log_in(client, csrf=sign).status_code == 403
    assert COOKIE not in client.cookies


def test_a_form_without_the_sign_of_its_own_session_does_nothing(service: tuple[httpx.Client, Doors]) -> None:
    client, doors = service
    account(doors)
    log_in(client)
    of_another = "0" * 64
    for data in ({}, {"csrf": of_another}):
        assert client.post("/logout", data=data).status_code == 403
        fields = {"old": GOOD, "new": BETTER, "again": BETTER, **data}
        assert client.post("/account/password", data=fields).status_code == 403
    assert client.get("/account").status_code == 200


def test_a_page_of_another_site_is_refused_even_with_the_sign(service: tuple[httpx.Client, Doors]) -> None:
    client, doors = service
    account(doors)
    log_in(client)
    sign = sign_in(html(client.get("/account")))
    for headers in ({"origin": "https://evil.example"}, {"sec-fetch-site": "cross-site"}, {"origin": "null"}):
        assert client.post("/logout", data={"csrf": sign}, headers=headers).status_code == 403
    assert client.post("/logout", data={"csrf": sign}, headers={"origin": str(client.base_url).rstrip("/")}).is_redirect


def test_nobody_is_led_to_another_site_after_the_login(service: tuple[httpx.Client, Doors]) -> None:
    client, doors = service
    account(doors)
    for back in ("https://evil.example/", "//evil.example", "/\\evil.example", "javascript:alert(1)"):
        client.cookies.clear()
        assert log_in(client, next=back).headers["location"] == "/"


def test_a_one_time_password_has_to_be_changed_before_anything_else(service: tuple[httpx.Client, Doors]) -> None:
    client, doors = service
    given = doors.accounts.first()
    assert given is not None
    assert log_in(client, "admin", given.password).headers["location"] == "/account"
    assert client.get("/review").status_code == 403
    page = html(client.get("/account"))
    assert "one-time password" in page.text and page.find("input", {"name": "label"}) is None
    sign, token = sign_in(page), client.cookies[COOKIE]
    key = client.post("/account/keys", data={"label": "x", "role": "reader", "csrf": sign})
    assert key.status_code == 403
    fields = {"old": given.password, "new": BETTER, "again": "another", "csrf": sign}
    assert "two ways" in html(client.post("/account/password", data=fields), status=422).text
    done = client.post("/account/password", data=fields | {"again": BETTER})
    assert done.headers["location"] == "/account?done=password"
    assert client.cookies[COOKIE] != token and doors.sessions.identity(token) is None
    assert client.get("/review").status_code == 200


def test_logging_out_everywhere_ends_the_sessions_of_other_browsers(service: tuple[httpx.Client, Doors]) -> None:
    client, doors = service
    account(doors)
    log_in(client)
    elsewhere = client.cookies[COOKIE]
    client.cookies.clear()
    log_in(client)
    client.post("/logout/everywhere", data={"csrf": sign_in(html(client.get("/account")))})
    assert doors.sessions.identity(elsewhere) is None


def test_a_key_is_shown_once_opens_what_its_role_may_and_nothing_of_the_account(
    service: tuple[httpx.Client, Doors],
) -> None:
    client, doors = service
    account(doors)
    log_in(client)
    sign = sign_in(html(client.get("/account")))
    made = client.post("/account/keys", data={"label": "nightly <b>export</b>", "role": "reviewer", "csrf": sign})
    found = re.search(r"cs_[0-9a-f]{8}_[\w-]{43}", made.text)
    assert found is not None and made.headers["cache-control"] == "no-store"
    page = client.get("/account")
    assert found[0] not in page.text and "nightly &lt;b&gt;export&lt;/b&gt;" in page.text
    bearer = {"authorization": f"Bearer {found[0]}"}
    client.cookies.clear()
    asked = client.post("/api/ask", json={"question": DOSE}, headers=bearer).json()["id"]
    act = {"action": "open", "seen": 0}
    assert client.post(f"/api/answers/{asked}/review", json=act, headers=bearer).json()["step"] == "Under Review"
    assert client.get("/account", headers=bearer).status_code == 403
    assert client.post("/account/keys", data={"label": "x"}, headers=bearer).status_code == 403
    doors.keys.revoke(found[0][:11])
    refused = client.post(f"/api/answers/{asked}/review", json=act, headers=bearer)
    assert refused.status_code == 401 and refused.headers["www-authenticate"] == "Bearer"


def test_a_key_beyond_ones_role_is_refused(service: tuple[httpx.Client, Doors]) -> None:
    client, doors = service
    account(doors)
    log_in(client)
    sign = sign_in(html(client.get("/account")))
    response = client.post("/account/keys", data={"label": "x", "role": "admin", "csrf": sign})
    assert "cannot be admin" in html(response, status=422).text


def test_without_an_account_everybody_reads_and_asks_and_nobody_reviews(service: tuple[httpx.Client, Doors]) -> None:
    client, _ = service
    asked = client.post("/api/ask", json={"question": DOSE}).json()["id"]
    assert client.get(f"/api/answers/{asked}").status_code == 200
    assert client.get(f"/api/answers/{asked}/review").json()["step"] == "Submitted"
    review = client.post(f"/api/answers/{asked}/review", json={"action": "open", "seen": 0})
    assert review.status_code == 401 and "sign in" in review.json()["error"]
    assert client.get("/review").headers["location"] == "/login?next=/review"
    assert client.get("/account").headers["location"] == "/login?next=/account"


def test_where_a_login_is_required_nobody_reads_or_asks_without_one(own_home: Path) -> None:
    with opened(own_home, require_login=True) as (client, doors):
        account(doors, role=Role.READER)
        assert client.get("/").headers["location"] == "/login?next=/"
        for response in (
            client.post("/api/ask", json={"question": DOSE}),
            client.get("/api/search", params={"q": DOSE}),
            client.post("/ask", data={"question": DOSE}),
        ):
            assert response.status_code == 401
        assert client.get("/healthz").status_code == client.get("/login").status_code == 200
        assert log_in(client).headers["location"] == "/"
        assert client.get("/").status_code == 200
        assert client.post("/api/ask", json={"question": DOSE}).status_code == 200
        given = doors.accounts.add("berta", Role.READER)
        client.cookies.clear()
        log_in(client, "berta", given.password)
        assert client.get("/").status_code == 403 and client.get("/account").status_code == 200


def test_a_service_without_accounts_says_so(small_home: Path) -> None:
    with Store.open(small_home) as store:
        app = create_app(Answerer(small_home, encoder=WordEncoder()), AnswerKeeper(store), store)
        with serving(app) as client:
            for path in ("/login", "/account", "/review"):
                response = client.get(path)
                assert response.status_code == 503 and "curbside serve" in response.json()["error"]


def test_an_admin_makes_an_account_in_the_browser_and_its_password_is_shown_once(
    service: tuple[httpx.Client, Doors],
) -> None:
    client, doors = service
    account(doors, "admin", Role.ADMIN)
    log_in(client, "admin")
    sign = sign_in(html(client.get("/accounts")))
    made = client.post("/accounts", data={"name": "Anna", "role": "reviewer", "csrf": sign})
    password = html(made).select_one("code.secret").text  # type: ignore[union-attr]
    assert made.headers["cache-control"] == "no-store"
    assert doors.login("anna", password, "192.0.2.1").identity.role is Role.REVIEWER
    assert password not in client.get("/accounts").text
    again = client.post("/accounts", data={"name": "anna", "role": "reader", "csrf": sign})
    assert "already" in html(again, status=422).select_one(".said-error").text  # type: ignore[union-attr]


def test_an_admin_changes_roles_passwords_and_who_may_sign_in_but_not_the_last_admin(
    service: tuple[httpx.Client, Doors],
) -> None:
    client, doors = service
    account(doors, "admin", Role.ADMIN)
    account(doors, "anna@clinic.example")
    log_in(client, "admin")
    sign = sign_in(html(client.get("/accounts")))
    forms = {form["action"]: form for form in html(client.get("/accounts")).select("form[action^='/accounts/anna']")}
    role, disable = (next(one for one in forms if str(one).endswith(end)) for end in ("/role", "/disable"))
    assert client.post(str(role), data={"role": "editor", "csrf": sign}).status_code == 303
    assert doors.accounts.get("anna@clinic.example").role == Role.EDITOR
    assert client.post(str(disable), data={"csrf": sign}).status_code == 303
    assert doors.accounts.get("anna@clinic.example").disabled
    client.post(str(disable).replace("disable", "enable"), data={"csrf": sign})
    shown = html(client.post(str(disable).replace("disable", "reset-password"), data={"csrf": sign}))
    password = shown.select_one("code.secret").text  # type: ignore[union-attr]
    assert doors.login("anna@clinic.example", password, "192.0.2.1").identity.must_change
    for path, data in (("/accounts/admin/disable", {}), ("/accounts/admin/role", {"role": "reader"})):
        response = client.post(path, data={"csrf": sign, **data})
        assert "only admin" in html(response, status=422).select_one(".said-error").text  # type: ignore[union-attr]
    own = client.post("/accounts/admin/reset-password", data={"csrf": sign})
    assert html(own, status=422).select_one("code.secret") is None
    assert client.post("/accounts/nobody/disable", data={"csrf": sign}).status_code == 404


@pytest.mark.parametrize("role", [Role.READER, Role.REVIEWER, Role.EDITOR])
def test_nobody_but_an_admin_sees_or_changes_the_accounts(service: tuple[httpx.Client, Doors], role: Role) -> None:
    client, doors = service
    account(doors, role=role)
    log_in(client)
    sign = sign_in(html(client.get("/account")))
    assert "/accounts" not in client.get("/account").text.replace("/account/", "")
    assert client.get("/accounts").status_code == 403
    for path in ("/accounts", "/accounts/anna/role", "/accounts/anna/reset-password"):
        data = {"name": "evil", "role": "admin", "csrf": sign}
        assert client.post(path, data=data).status_code == 403
    assert [one.name for one in doors.accounts.every()] == ["anna"]
    assert doors.accounts.get("anna").role == role
