"""The functions that a question about an officer may name, and how people name them.

What enters: ``declared/law/functions.yml``. What leaves: keys and names. A phrase that fits no function is
refused with the closest ones; none is guessed.
"""

import re
from functools import cache

from ledger287.core import declared
from ledger287.core.problem import Refused

FILLERS = ("a", "an", "the", "and", "of", "for")
NEAR = 75
"""How alike, of 100, a phrase must be to a function's for it to be offered."""


@cache
def functions() -> dict[str, str]:
    """The functions that a question may name: key -> name in words."""
    return {key: row["name"] for key, row in declared.rules()["functions.yml"]["functions"].items()}


def read_function(text: str) -> str:
    """A function as people type it -> its key. Raises Refused with the closest keys, and all of them."""
    found = _phrases().get(_plain(text))
    if found:
        return found
    from rapidfuzz import fuzz, process

    near = process.extract(_plain(text), list(_phrases()), scorer=fuzz.token_set_ratio, limit=6, score_cutoff=NEAR)
    keys = ", ".join(dict.fromkeys(_phrases()[phrase] for phrase, *_ in near))
    offer = f" Did you mean: {keys}?" if keys else ""
    raise Refused(f"no function {text!r}.{offer} Expected one of: {', '.join(functions())}.")


@cache
def _phrases() -> dict[str, str]:
    """Every way to say a function, bare -> its key."""
    return {
        _plain(phrase): key
        for key, row in declared.rules()["functions.yml"]["functions"].items()
        for phrase in (key, row["name"], *row["words"])
    }


def _plain(text: str) -> str:
    """Without case, marks, small words, text in brackets, and the s of a plural."""
    words = re.findall(r"[a-z0-9]+", re.sub(r"\(.*?\)", " ", declared.bare(text)))
    return " ".join(word.removesuffix("s") if len(word) > 3 else word for word in words if word not in FILLERS)
