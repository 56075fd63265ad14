"""The record of a run, so that it can be run again and compared: the inputs, the versions, and the outputs.

What enters: the files of an audit, its options, and the tables that it wrote. What leaves: sha256 of each input and
of each file of rules, the versions of software and lawbook, the options, and a fingerprint of each table of rows. A
fingerprint does not depend on the order of rows, nor on where the files are: the same input gives the same one.
"""

import hashlib
from collections.abc import Iterable, Mapping
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any

import duckdb

from ledger287 import __version__
from ledger287.core.problem import Refused
from ledger287.core.query_error import QueryError, QueryField
from ledger287.custody.batch.plans.plan import Options
from ledger287.custody.intake.places.remote import FetchedObject
from ledger287.custody.intake.times.moments import Moment, day_order, read_moment, two_days
from ledger287.custody.intake.times.values import quoted
from ledger287.law.clocks.calendar import zone
from ledger287.law.lawbook.book import Lawbook

BLOCK = 1 << 20
NOT_COMPARED = ("file", "row")


def sha256_of(path: Path) -> str:
    """The sha256 of a file's bytes. Raises Refused where it cannot be read."""
    found = hashlib.sha256()
    try:
        with path.open("rb") as file:
            while block := file.read(BLOCK):
                found.update(block)
    except OSError as error:
        raise Refused(f"{path}: cannot be read: {error.strerror}.") from None
    return found.hexdigest()


def rule_files(given: Path | None) -> dict[str, str]:
    """Every file of rules that an audit rests on, by name -> its sha256; those of a user after the shipped ones."""
    shipped = files("ledger287.declared")
    found = {}
    for folder in ("law", "custody"):
        for entry in sorted(_yaml(shipped / folder), key=lambda one: one.name):
            found[f"{folder}/{entry.name}"] = hashlib.sha256(entry.read_bytes()).hexdigest()
    if given is not None:
        for path in sorted(given.glob("*.y*ml")) if given.is_dir() else [given]:
            found[f"given: {path.name}"] = sha256_of(path)
    return found


def _yaml(folder: Traversable) -> Iterable[Traversable]:
    return (entry for entry in folder.iterdir() if entry.name.endswith((".yml", ".csv")))


def lawbook_version(book: Lawbook, rules: dict[str, str]) -> str:
    """The day on which the lawbook was last checked, and the first signs of a sha256 over its files."""
    over = hashlib.sha256("".join(f"{name} {sha}\n" for name, sha in sorted(rules.items())).encode())
    checked = max(entry.last_checked for entry in book.provisions if entry.last_checked)
    return f"{checked.isoformat()} {over.hexdigest()[:12]}"


def run_record(
    files_: Iterable[str], asked: Options, book: Lawbook, fetched: Mapping[str, FetchedObject] | None = None
) -> dict[str, Any]:
    """What goes into a run: inputs with their sha256, versions, and options. ``fetched`` are those of a store."""
    fetched = fetched or {}
    rules = rule_files(asked.rules)
    given = {"zone": asked.zone, "state": asked.state, "agency": asked.agency, "model": asked.model,
             "map": asked.map, "dates": asked.dates, "drop": list(asked.drop), "as_of": asked.as_of,
             "lang": asked.words.lang if asked.words.lang != "en" else None,
             "roster": str(asked.roster) if asked.roster else None,
             "rules": str(asked.rules) if asked.rules else None}  # fmt: skip
    map_ = Path(asked.map) if asked.map and Path(asked.map).is_file() else None
    names = [*files_, *(str(extra) for extra in (asked.roster, map_) if extra is not None)]
    inputs = [_input(name, fetched.get(name)) for name in names]
    return {
        "software": f"ledger287 {__version__}",
        "lawbook": lawbook_version(book, rules),
        "run_at": asked.run_at,
        "asked": {name: value for name, value in given.items() if value},
        "inputs": inputs,
        "rule_files": rules,
    }


def _input(name: str, copy: FetchedObject | None) -> dict[str, Any]:
    """A file of a run; of an object of a store, what was hashed as it was read."""
    if copy is not None:
        return {"file": name, "bytes": copy.bytes, "sha256": copy.sha256}
    return {"file": name, "bytes": Path(name).stat().st_size, "sha256": sha256_of(Path(name))}


def fingerprint(connection: duckdb.DuckDBPyConnection, table: str, without: Iterable[str] = NOT_COMPARED) -> str:
    """A number over every row of a table, whatever their order: the sum of each row's MD5, with the count of rows."""
    left = {*without}
    names = [row[0] for row in connection.execute(f"describe {table}").fetchall() if row[0] not in left]
    cells = ", ".join(f"coalesce(\"{name}\"::varchar, '-')" for name in sorted(names))
    number = f"md5_number_lower(concat_ws(chr(31), {cells}))::hugeint"
    query = f"select count(*), coalesce(sum({number}), 0)::varchar from {table}"
    many, total = connection.execute(query).fetchone() or (0, "0")
    return f"{many}-{int(total):x}"


def instant_of(name: str, text: str, zone_name: str | None, dates: str | None = None) -> int:
    """A time that a user gives with a question, as seconds since 1970; ``dates`` is the order of day and month that was
    given for the files. Raises Refused.
    """
    found = read_moment(text, day_order(dates))
    if found == "ambiguous":
        raise QueryError("ambiguous_day", QueryField(name), f": {quoted(text)} {two_days(text)}.")
    if not isinstance(found, Moment):
        raise QueryError(
            "unreadable_time", QueryField(name), f": expected a time such as 2025-08-14 13:05, found {quoted(text)}."
        )
    if not found.local:
        return found.seconds
    if zone_name is None:
        raise QueryError("no_time_zone", QueryField(name),
                         f": {quoted(text)} has no offset. Name the jail's time zone: ",
                         QueryField("zone", "America/Chicago"), ".")  # fmt: skip
    at, reads = zone(zone_name).read(found.seconds)
    if at is None:
        raise QueryError(
            "unclear_time", QueryField(name), f": clocks in {zone_name} showed {quoted(text)} {reads}; give its offset."
        )
    return at
