"""Roles and what each may do: the one table that every door asks."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class Permission(StrEnum):
    """One kind of thing that somebody may be allowed to do."""

    READ = "read"  # answers, sources, search
    ASK = "ask"
    REVIEW = "review"  # see the queue, comment, request changes, take an approval back
    EDIT = "edit"  # make a new version of an answer: replace a passage, take a sentence out, ask again
    APPROVE = "approve"
    REFRESH = "refresh"  # start a refresh of the sources
    ACCOUNTS = "accounts"  # see and change other people's accounts


class Role(StrEnum):
    """What an account is for."""

    READER = "reader"
    REVIEWER = "reviewer"
    EDITOR = "editor"
    ADMIN = "admin"


_READER = frozenset({Permission.READ, Permission.ASK})
PERMISSIONS: Mapping[Role, frozenset[Permission]] = {
    Role.READER: _READER,
    Role.REVIEWER: _READER | {Permission.REVIEW, Permission.EDIT, Permission.APPROVE},
    Role.EDITOR: _READER | {Permission.REVIEW, Permission.EDIT, Permission.REFRESH},
    Role.ADMIN: frozenset(Permission),
}


@dataclass(frozen=True, slots=True)
class Identity:
    """Who makes a request: the account, and what this request may do.

    `session` is the hash of the browser's token, "" for a program with a key. While `must_change` is
    true the account has a one-time password, and nothing is allowed but changing it.
    """

    name: str
    role: Role
    permissions: frozenset[Permission]
    session: str = ""
    must_change: bool = False

    @classmethod
    def of(cls, name: str, role: Role, *, session: str = "", must_change: bool = False) -> "Identity":
        """Return the identity of an account in a role."""
        return cls(name, role, frozenset() if must_change else PERMISSIONS[role], session, must_change)

    def may(self, permission: Permission) -> bool:
        """Return whether this request may do it."""
        return permission in self.permissions


def roles_with(permission: Permission) -> tuple[Role, ...]:
    """Return the roles that include a permission, the least first."""
    return tuple(role for role in Role if permission in PERMISSIONS[role])
