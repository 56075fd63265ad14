"""What people type in a question: a state, a model, kinds of change -> their codes, or what could be meant."""

from collections.abc import Sequence

from ledger287.core import declared
from ledger287.core.declared import bare
from ledger287.core.problem import Refused
from ledger287.ledger.fold.changes import KINDS
from ledger287.ledger.query.history import MODELS


def read_state(text: str | None) -> str | None:
    """A state as people type it, by code or name -> its code. Raises Refused with the closest ones."""
    if text is None:
        return None
    codes = declared.states() + declared.territories()
    for code in codes:
        if bare(text) in (bare(code.code), bare(code.name)):
            return code.code
    from rapidfuzz import process

    near = process.extract(text, [code.name for code in codes], limit=3)
    offers = ", ".join(f"{name} ({next(c.code for c in codes if c.name == name)})" for name, *_ in near)
    raise Refused(f"no state or territory {text!r}. Did you mean: {offers}?")


def read_model(text: str | None) -> str | None:
    """A model as people type it, by code or name -> its code."""
    if text is None:
        return None
    for code in declared.every_model():
        if bare(text) in (bare(code.code), bare(code.name)):
            return code.code
    raise Refused(f"no model {text!r}. Expected one of: {', '.join(MODELS)}.")


def read_kinds(kinds: Sequence[str]) -> list[str]:
    """Kinds of change as people type them; a hyphen stands for an underscore."""
    wanted = [kind.strip().lower().replace("-", "_") for kind in kinds]
    for kind in wanted:
        if kind not in KINDS:
            raise Refused(f"no kind of change {kind!r}. Expected one of: {', '.join(KINDS)}.")
    return wanted
