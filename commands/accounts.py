"""`curbside accounts`: who may sign in to the service, in which role, and the keys of programs."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Annotated, Any

import typer

from qa.accounts.roles import Role

if TYPE_CHECKING:
    from commands.settings import Settings
    from corpus.accounts import Account
    from corpus.api_keys import ApiKey
    from corpus.store import Store
    from qa.accounts.accounts import Accounts, Given

app = typer.Typer(help="See and change who may sign in to `curbside serve`, and in which role.", no_args_is_help=True)
keys = typer.Typer(help="See, make and revoke the keys with which programs sign in.", no_args_is_help=True)
app.add_typer(keys, name="key")

Name = Annotated[str, typer.Argument(help="The account's name.", metavar="NAME")]
InRole = Annotated[Role, typer.Option(help="What it may do; docs/review.md has the table.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON.")]


@app.command("list")
def list_accounts(context: typer.Context, as_json: AsJson = False) -> None:
    """List every account, a line each; with --json a JSON object each."""
    with _accounts(context.obj) as accounts:
        for account in accounts.every():
            typer.echo(json.dumps(_values(account), default=str) if as_json else _line(account))


@app.command("add")
def add(context: typer.Context, name: Name, role: InRole = Role.READER) -> None:
    """Make an account, and print its one-time password: it is changed at the first sign-in."""
    with _accounts(context.obj) as accounts:
        _tell(accounts.add(name, role))


@app.command("role")
def role(
    context: typer.Context, name: Name, role: Annotated[Role, typer.Argument(help="The new role.", metavar="ROLE")]
) -> None:
    """Give an account another role; it holds from its next request on."""
    with _accounts(context.obj) as accounts:
        accounts.set_role(name, role)
        typer.echo(_line(accounts.get(name)))


@app.command("disable")
def disable(context: typer.Context, name: Name) -> None:
    """Let an account sign in no more: its sessions end, its keys open nothing; what it did stays in the log."""
    with _accounts(context.obj) as accounts:
        accounts.disable(name)
        typer.echo(_line(accounts.get(name)))


@app.command("enable")
def enable(context: typer.Context, name: Name) -> None:
    """Let a disabled account sign in again, with the password that it had."""
    with _accounts(context.obj) as accounts:
        accounts.enable(name)
        typer.echo(_line(accounts.get(name)))


@app.command("reset-password")
def reset_password(context: typer.Context, name: Name) -> None:
    """End an account's sessions, and print a new one-time password for it."""
    with _accounts(context.obj) as accounts:
        _tell(accounts.reset_password(name))


@keys.command("list")
def list_keys(
    context: typer.Context,
    name: Annotated[str | None, typer.Argument(help="Only the keys of this account.", metavar="[NAME]")] = None,
    as_json: AsJson = False,
) -> None:
    """List keys by their first characters, the newest first: whose, what for, when used; never the key itself."""
    from qa.accounts.keys import Keys

    with _store(context.obj) as store:
        for key in Keys(store).of_account(name):
            typer.echo(json.dumps(_values(key), default=str) if as_json else _key_line(key))


@keys.command("add")
def add_key(
    context: typer.Context,
    name: Name,
    label: Annotated[str, typer.Option(help="What the key is for, in a few words.")],
    role: InRole = Role.READER,
) -> None:
    """Make a key of an account, and print it: it is shown this once."""
    from qa.accounts.keys import Keys

    with _store(context.obj) as store:
        made = Keys(store).add(name, role, label)
    typer.echo(f"{made.secret}\nSend it as `Authorization: Bearer {made.key.prefix}_…`. It is not shown again.")


@keys.command("revoke")
def revoke_key(
    context: typer.Context,
    prefix: Annotated[str, typer.Argument(help="Its first characters, as the list shows them.", metavar="PREFIX")],
) -> None:
    """Make a key worthless for good."""
    from qa.accounts.keys import Keys

    with _store(context.obj) as store:
        Keys(store).revoke(prefix)
    typer.echo(f"{prefix} opens nothing any more.")


def tell_first(given: "Given | None", address: str) -> None:
    """Print the account that was made at the first start, where one was: on standard output, not into the log."""
    if given is not None:
        typer.echo(
            f"The first account was made: name {given.account.name}, one-time password {given.password}\n"
            f"Sign in on {address} and change it. It is not shown again; "
            f"`curbside accounts reset-password {given.account.name}` makes another."
        )


@contextmanager
def _accounts(settings: "Settings") -> "Iterator[Accounts]":
    from qa.accounts.accounts import Accounts

    with _store(settings) as store:
        yield Accounts(store)


def _store(settings: "Settings") -> "Store":
    from commands.stores import held

    return held(settings)


def _tell(given: "Given") -> None:
    typer.echo(
        f"{given.account.name} ({given.account.role}), one-time password {given.password}\n"
        "It has to be changed at the first sign-in, and is not shown again."
    )


def _line(account: "Account") -> str:
    state = "disabled" if account.disabled else "one-time password" if account.must_change else ""
    return f"{account.name:<24}  {account.role:<8}  since {account.created:%Y-%m-%d}  {state}".rstrip()


def _key_line(key: "ApiKey") -> str:
    used = f"used {key.used:%Y-%m-%d}" if key.used else "never used"
    state = f"revoked {key.revoked:%Y-%m-%d}" if key.revoked else used
    return f"{key.prefix}  {key.account:<24}  {key.role:<8}  {state:<18}  {key.label}"


def _values(row: "Account | ApiKey") -> dict[str, Any]:
    secret = ("password_hash", "key_hash")
    return {name: getattr(row, name) for name in row.__slots__ if name not in secret}
