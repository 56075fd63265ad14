"""Numbers as words, of a list that is known beforehand; and the words of a column as a list, or as one number.

What enters: a column with the place of a word in a list, from 1, or unknown. What leaves: a column of words. DuckDB
keeps such a word as its place in the list, and writes it to Parquet so, without comparing texts; Spark has it as a
text. The files hold the same texts.
"""

from __future__ import annotations

from collections.abc import Sequence

from ledger287.custody.relations.column import Column, literal
from ledger287.custody.relations.dialects import SIGN
from ledger287.custody.relations.known import ColumnFacts


def worded(place: Column, words: Sequence[str]) -> Column:
    """The word at a place."""
    every = ", ".join(literal(word).sql for word in words)
    each = ", ".join(literal(word).sql for word in dict.fromkeys(words))
    said = f"{SIGN['pick']}{SIGN['list']}({every}){SIGN['of']}{each}{SIGN['words']}, {place.cast('int32').sql})"
    return Column(said, "string", known=ColumnFacts(filled=place.known.filled))


def numbered(place: Column, numbers: Sequence[int]) -> Column:
    """The number at a place."""
    every = ", ".join(literal(number).sql for number in numbers)
    low, high = min(numbers), max(numbers)
    known = ColumnFacts(low, high, frozenset(numbers), filled=place.known.filled)
    return Column(f"{SIGN['nth']}{SIGN['list']}({every}), {place.cast('int32').sql})", "int32", known=known)


def every_word(column: Column) -> Column:
    """The different texts of a column as a list; in DuckDB only, which alone answers what words there are."""
    return Column(f"list(distinct {column.sql})", "words")


def hashed(*texts: Column) -> Column:
    """A number of 63 bits for some texts together, in DuckDB only: alike for alike texts, a blank being one of them."""
    return Column(f"cast(hash({', '.join(one.sql for one in texts)}) >> 1 as bigint)", "int64")
