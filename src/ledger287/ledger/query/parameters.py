"""What people type in a question: a state, a model, kinds of change -> their codes, or what could be meant."""

from collections.abc import Sequence
from datetime import date

from ledger287.core import declared
from ledger287.core.declared import bare
from ledger287.core.problem import Refused
from ledger287.core.query_error import as_text, as_texts
from ledger287.core.searching.near import likely_names, offer
from ledger287.core.text import format_date
from ledger287.ledger.fold.changes import KINDS
from ledger287.ledger.query.history import MODELS
from ledger287.sources.ice_rosters.words import ended_model, models_then

ALIKE = 68.0
"""Of 100, how much of its letters a state shares with what was typed: Califronia; not Narnia."""


def read_state(text: str | None) -> str | None:
    """A state as people type it, by code or name -> its code. Raises Refused with the closest ones."""
    if text is None:
        return None
    text = as_text(text, "state", "FL")
    codes = declared.states() + declared.territories()
    for code in codes:
        if bare(text.replace(".", "")) in (bare(code.code), bare(code.name)):
            return code.code
    from rapidfuzz import fuzz

    by_name = declared.state_codes()
    near = [f"{name} ({by_name[name]})" for name in likely_names(text.title(), by_name, 3, fuzz.ratio, ALIKE)]
    raise Refused(f"no state or territory {text!r}." + (offer(" Did you mean: {}?", near) or " Type its code or name."))


def read_model(text: str | None) -> str | None:
    """A model as people type it, by code or name -> its code. Raises Refused for one that ended before the lists."""
    code = read_model_ever(text)
    ended = ended_model(code)
    if ended and ended.ended:
        day = format_date(ended.ended)
        raise Refused(f"{ended.code} ended on {day}, before ICE's lists. Expected one of: {', '.join(MODELS)}.")
    return code


def read_model_ever(text: str | None) -> str | None:
    """A model of any day since 2002 as people type it, by code or name -> its code."""
    if text is None:
        return None
    text = as_text(text, "model", "TFM")
    for code in declared.every_model():
        if bare(text) in (bare(code.code), bare(code.name)):
            return code.code
    for one in models_then():
        if bare(text) in (bare(one.code), bare(one.name), *map(bare, one.words)):
            return one.code
    ended = [one.code for one in models_then() if one.ended]
    raise Refused(f"no model {text!r}. Expected one of: {', '.join(MODELS)}, or, before 2013, {', '.join(ended)}.")


def note_of_model(code: str | None, known_on: date | None) -> str | None:
    """What is known of a model that ended before the lists; None for any other, and where a day of knowing is given."""
    ended = ended_model(code)
    return ended.note if ended and known_on is None else None


ENGINES = ("polars", "duckdb")


def read_engine(engine: str) -> str:
    """As what a table is given. Raises Refused for another."""
    if engine not in ENGINES:
        raise Refused(f"no engine {engine!r} gives this table. Expected one of: {', '.join(ENGINES)}.")
    return engine


def read_kinds(kinds: Sequence[str]) -> list[str]:
    """Kinds of change as people type them; a hyphen stands for an underscore."""
    wanted = [kind.strip().lower().replace("-", "_") for kind in as_texts(kinds, "kinds", "signed")]
    for kind in wanted:
        if kind not in KINDS:
            raise Refused(f"no kind of change {kind!r}. Expected one of: {', '.join(KINDS)}.")
    return wanted
