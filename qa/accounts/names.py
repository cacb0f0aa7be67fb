"""Names of accounts, one spelling for each, and what stands for a name and an address where they are counted."""

import hashlib
import ipaddress
import re

from corpus.errors import BadInput

_NAME = re.compile(r"[a-z0-9][a-z0-9._@+-]{0,63}")


def canonical(name: str) -> str:
    """Return the one spelling of a name: small letters, no space around it."""
    return name.strip().casefold()


def require_name(name: str) -> str:
    """Return the one spelling of a new account's name. Raises BadInput."""
    found = canonical(name)
    if not is_name(found):
        raise BadInput(
            "expected a name of 1 to 64 letters, digits and . _ @ + -, the first a letter or digit, "
            f"found {name[:80]!r}"
        )
    return found


def is_name(name: str) -> bool:
    """Return whether an account can have this name, in its one spelling."""
    return _NAME.fullmatch(name) is not None


def hashed(secret: str) -> str:
    """Return the SHA-256 of a name or of a random secret, 64 hex digits."""
    return hashlib.sha256(secret.encode("utf-8", "surrogatepass")).hexdigest()


def network(address: str) -> str:
    """Return what is counted as one address: an IPv4 address, or the /64 that one IPv6 customer has."""
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return address[:64]
    if isinstance(found, ipaddress.IPv6Address):
        if found.ipv4_mapped:
            return str(found.ipv4_mapped)
        return str(ipaddress.ip_network((found, 64), strict=False).network_address)
    return str(found)
