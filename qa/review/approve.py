"""What has to be true before an answer can be approved, and by whom."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from corpus.errors import Inconsistent, NotAllowed, Overtaken
from corpus.reviews import Event, Version
from qa.review.actions import Approve
from qa.review.state import Kind

if TYPE_CHECKING:
    from qa.review.seen import Seen

EDITS = ("replaced", "removed")


@dataclass(frozen=True, slots=True)
class Hands:
    """Whose edits in an answer nobody else has approved yet, and the accounts that may approve."""

    editors: frozenset[str]
    approvers: frozenset[str]

    def may_approve(self, who: str) -> bool:
        """Return whether somebody who may approve at all may approve this, if need be by saying that they are alone."""
        return who not in self.editors or self.approvers == {who}


def require_approvable(found: "Seen", action: Approve, who: str, wrong: Sequence[str], hands: Hands) -> bool:
    """Return whether the approval is one of an own edit, by the only one who can approve and said so.

    `wrong` is what the check finds. Raises Overtaken for an answer that is not the one seen, or that went stale;
    Inconsistent where a citation does not pass the check; NotAllowed for an own edit.
    """
    state = found.state
    if action.hash != state.hash:
        raise Overtaken("what you saw is not what is there now: look at the answer again, and decide anew")
    if state.is_stale:
        why = "; ".join(dict.fromkeys(flag.why for flag in state.flags)) or f"{', '.join(state.doubted)} is no evidence"
        raise Overtaken(f"the answer is out of date and cannot be approved: {why}. Replace what changed, or ask again")
    if wrong:
        raise Inconsistent(f"the answer does not pass the check, and cannot be approved: {'; '.join(wrong[:3])}")
    if who not in hands.editors:
        return False
    if not hands.may_approve(who):
        others = ", ".join(sorted(hands.approvers - {who}))
        raise NotAllowed(f"you edited this version yourself: another reviewer has to approve it ({others})")
    if not action.alone:
        raise NotAllowed(
            "you edited this version yourself, and nobody else here can approve it: confirm that you approve your own "
            "edit, and the page will say so"
        )
    return True


def editors(line: Sequence[Version], before: Mapping[str, Sequence[Event]]) -> set[str]:
    """Return whose edits are in an answer and were not approved by somebody else in a version before it."""
    found: set[str] = set()
    for version in line:
        if version.how not in EDITS:
            break  # composed anew: nobody's edit is left in it
        found.add(version.who)
        if any(event.kind == Kind.APPROVED and not event.data.get("alone") for event in before[version.previous]):
            break
    return found
