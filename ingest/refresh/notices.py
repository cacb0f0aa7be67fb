"""From what sources say of publications to the publications that are held under those identifiers."""

from collections.abc import Sequence

from corpus.notices import Said, keep
from corpus.refreshing import keys_by_identifier
from corpus.standings import Standing, raise_standings
from corpus.store import Store
from ingest.connectors.base import Notice


def apply_notices(store: Store, notices: Sequence[Notice]) -> int:
    """Return how many publications came to stand worse by what was said; it is kept for those that are not held yet."""
    if not notices:
        return 0
    keep(store.engine, (Said(name, one.state, one.why) for one in notices for name in one.identifiers))
    schemes = {scheme for notice in notices for scheme, _ in notice.identifiers}
    with store.engine.connect() as connection:
        held = keys_by_identifier(connection, schemes)
    said = []
    for notice in notices:
        keys = {key for scheme, value in notice.identifiers for key in held.get((scheme, value.lower()), ())}
        said += [Standing(key, notice.state, notice.why) for key in sorted(keys)]
    return raise_standings(store, said)
