"""What a cell of the page tables of 2007 to 2017 means: a state with its footnote marks, a model of that time."""

from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from ledger287.core import declared
from ledger287.core.declared import bare
from ledger287.sources.ice_lists import values
from ledger287.sources.ice_lists.values import Meaning

FOOTNOTE_MARKS = "*†‡"


@dataclass(frozen=True, slots=True)
class ModelOfThen:
    """A model of the years before 2021: its code, its name, and the words printed for it.

    ``ended`` is its last day, of one that no list since 2021 has; ``note`` says what is known of it.
    """

    code: str
    name: str
    words: tuple[str, ...]
    ended: date | None = None
    note: str | None = None


@cache
def models_then() -> tuple[ModelOfThen, ...]:
    """The models of 2002 to 2017, in their order."""
    data: dict[str, Any] = declared.declared_yaml("history/models.yml")
    return tuple(
        ModelOfThen(code, one["name"], tuple(one["words"]), one.get("ended"), one.get("note"))
        for code, one in data.items()
    )


def ended_model(code: str | None) -> ModelOfThen | None:
    """A model that ended before the lists, by its code; None for any other."""
    return next((one for one in models_then() if one.ended and one.code == code), None)


@cache
def model_then(text: str | None) -> str | None:
    """A printed model -> its code; None where the words are unknown or there are none."""
    word = bare(text or "")
    return next((one.code for one in models_then() if word in map(bare, one.words)), None)


@cache
def state_then(text: str | None) -> Meaning[str]:
    """A printed state, or its code -> its postal code; a footnote mark behind it is taken off, and said so."""
    plain = (text or "").rstrip(FOOTNOTE_MARKS + " ")
    if plain.strip() in {one.code for one in declared.states() + declared.territories()}:
        return Meaning(plain.strip(), "exact")
    found = values.state(plain)
    if found.value and plain != (text or "").rstrip():
        return Meaning(found.value, "misprint", f"without the footnote mark of {text!r}")
    return found
