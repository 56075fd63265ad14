"""Frames of counts -> the same frames without texts that only a few rows have.

What enters: a frame with texts (a method, a reason, a facility) and counts. What leaves: the frame in which each text
of fewer than ``SMALLEST`` rows is ``RARE``, with their counts added up. Such a text, where somebody typed into a
column of categories, can be a name or a note on one person, and is written nowhere. Names of states and declared
categories are kept.
"""

import re
from collections.abc import Sequence
from functools import cache

import polars as pl

from ledger287.core import declared
from ledger287.sources.outcomes.counts.counted import NOT_SAID, SMALLEST

RARE = "a text of fewer than 5 rows"
CODE = re.compile(r"[A-Z0-9]{3,9}")
"""The codes of ICE's facilities, such as STWRTGA."""


def rare_as_one(frame: pl.DataFrame, names: Sequence[str], counts: Sequence[str]) -> pl.DataFrame:
    """The frame with rare texts of the columns ``names`` as one; the first of ``counts`` says what is rare."""
    if not frame.height:
        return frame
    keys = [name for name in frame.columns if name not in counts]
    few = [
        pl.when(
            (pl.col(counts[0]).sum().over(name) < SMALLEST)
            & ~pl.col(name).str.strip_chars().str.to_uppercase().is_in(_kept())
        )
        .then(pl.lit(RARE))
        .otherwise(name)
        .alias(name)
        for name in names
    ]
    summed = [pl.col(name).sum().cast(frame.schema[name]) for name in counts]
    return frame.with_columns(few).group_by(keys).agg(summed).select(frame.columns).sort(keys)


def rare_codes(frame: pl.DataFrame, counts: str) -> list[str]:
    """The codes of few rows that are not written as a facility's code is."""
    few = frame.group_by("code").agg(pl.col(counts).sum()).filter(pl.col(counts) < SMALLEST)["code"]
    return sorted(code for code in few if code != NOT_SAID and not CODE.fullmatch(code))


@cache
def _kept() -> list[str]:
    """The texts that are never rare_as_one: states and territories, declared categories, and that nothing is said."""
    places = (*declared.states(), *declared.territories())
    categories = declared.declared_yaml("outcomes/person_files.yml")["categories"]
    texts = {NOT_SAID, *categories, *(text for one in places for text in (one.code, one.name))}
    return sorted(text.upper() for text in texts)
