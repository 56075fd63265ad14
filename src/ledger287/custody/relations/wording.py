"""Numbers as words, of a list that is known beforehand.

What enters: conditions, each with its word. What leaves: a column of words. DuckDB keeps such a word as its place in
the list, and writes it to Parquet so, without comparing texts; Spark has it as a text. The files hold the same texts.
"""

from __future__ import annotations

from ledger287.custody.relations.column import Column, cases, literal, null
from ledger287.custody.relations.dialects import SIGN


def worded(*pairs: tuple[Column, str], otherwise: str | None = None) -> Column:
    """The word of the first condition that holds."""
    possible = [(test, word) for test, word in pairs if test.truth != "false"]
    words = dict.fromkeys([*(word for _, word in possible), *([] if otherwise is None else [otherwise])])
    listed = ", ".join(literal(word).sql for word in words)
    last = null("string") if otherwise is None else _word(otherwise, listed)
    return cases(*((test, _word(word, listed)) for test, word in possible), otherwise=last)


def _word(word: str, listed: str) -> Column:
    text = literal(word)
    said = f"{SIGN['word']}{text.sql}{SIGN['of']}{listed}{SIGN['words']}"
    return Column(said, "string", constant=True, value=word, known=text.known)
