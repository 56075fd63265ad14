"""The words in which DuckDB's SQL and Spark's differ, each as a sign that takes its place until the engine is known.

What enters: nothing. What leaves: the signs, and what each is in an engine's SQL.
"""

Kind = str
"""``bool``, ``int8``, ``int32``, ``int64``, ``double``, ``string``, ``timestamp`` or ``struct``; blank if unknown."""
TYPES = {"bool": "boolean", "int8": "tinyint", "int32": "int", "int64": "bigint", "string": "string"}

SIGNS: dict[str, tuple[str, str]] = {
    "quote": ('"', "`"),
    "apostrophe": ("''", "\\'"),
    "backslash": ("\\", "\\\\"),
    "matches": ("regexp_matches", "regexp_like"),
    "instant": ("make_timestamptz(1000000 * ", "timestamp_seconds("),
    "no_instant": ("cast(null as timestamptz)", "cast(null as timestamp)"),
    "seconds": ("(epoch_us(", "(unix_seconds("),
    "whole": (") // 1000000)", "))"),
    "any_value": (")", ", true)"),
    "shift": ("(", "shiftright("),
    "by": (" >> ", ", "),
    "list": ("list_value", "array"),
    "kept": ("list_filter", "filter"),
    "each": ("lambda ", ""),
    "is": (": ", " -> "),
    "unnest": ("unnest", "explode"),
    "pick": ("list_extract(cast(", "element_at("),
    "nth": ("list_extract(", "element_at("),
    "of": (" as enum(", " /* "),
    "words": (")[])", " */"),
    "day": ("(date '1970-01-01' + ", "date_from_unix_date("),
}
"""What differs: the word in DuckDB's SQL, and the one in Spark's."""
SIGN = {name: chr(0xD800 + place) for place, name in enumerate(SIGNS)}
"""Half of a pair of UTF-16, which no text of a file or a command holds, for each of them."""
DIALECTS = ("duckdb", "pyspark")
WORDS = {
    dialect: {ord(SIGN[name]): words[place] for name, words in SIGNS.items()} for place, dialect in enumerate(DIALECTS)
}
SAME = ("=", "<>")
TEXT = {ord("'"): SIGN["apostrophe"], ord("\\"): SIGN["backslash"]}
