"""What a reviewer can do to an answer, as it is sent: each says which step of the review it was done at."""

from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

MAX_TEXT = 4000


def storable(text: str) -> str:
    """Return a text that every database takes. Raises ValueError for a NUL or half of a character."""
    if "\0" in text or any("\ud800" <= character <= "\udfff" for character in text):
        raise ValueError("it holds a NUL or half of a character: type it again")
    return text


Text = Annotated[str, AfterValidator(storable)]
Said = Annotated[Text, Field(max_length=MAX_TEXT)]
Needed = Annotated[Text, Field(min_length=1, max_length=MAX_TEXT)]
Sentence = Annotated[
    int, Field(ge=0, description="The sentence's place in the answer, counted from 0 in reading order.")
]


class _Action(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, str_strip_whitespace=True)

    seen: int = Field(ge=0, description="The last step of the review that was seen: `seen` of its state.")


class Open(_Action):
    """Begin the review: others see who is at it."""

    action: Literal["open"]


class Comment(_Action):
    """Say something about the answer or about one sentence."""

    action: Literal["comment"]
    text: Needed
    claim: Sentence | None = None


class RequestChanges(_Action):
    """Say what has to change before it can be approved."""

    action: Literal["request_changes"]
    text: Needed


class Approve(_Action):
    """Approve what was seen, named by its hash; `alone` confirms the approval of one's own edit."""

    action: Literal["approve"]
    hash: str = Field(description="`hash` of the state that was seen.", max_length=64)
    text: Said = ""
    alone: bool = False


class TakeBack(_Action):
    """Take an approval back."""

    action: Literal["take_back"]
    text: Needed


class Replace(_Action):
    """Put sentences of another passage in the place of one sentence."""

    action: Literal["replace"]
    claim: Sentence
    passage: Text = Field(max_length=64, description="The passage's id.")
    sentences: list[int] = Field(min_length=1, max_length=50, description="Which of its sentences, counted from 0.")
    text: Said = ""


class Remove(_Action):
    """Take one sentence out."""

    action: Literal["remove"]
    claim: Sentence
    text: Needed


class Renew(_Action):
    """Ask the question again of what is held now."""

    action: Literal["renew"]
    text: Said = ""


Action = Annotated[
    Open | Comment | RequestChanges | Approve | TakeBack | Replace | Remove | Renew, Field(discriminator="action")
]
Edit = Replace | Remove | Renew
