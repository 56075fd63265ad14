"""A map of a jail's own columns to the fields of custody, as YAML that people read and change.

What enters: a YAML file, or the name of a ready map in ``declared/custody/maps``. What leaves: a ``Map``. Each line of
it is checked: an unknown field, a heading named twice or an unknown order of days is refused with what to write.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from importlib.resources import files
from pathlib import Path
from typing import Any

import yaml

from ledger287.core import declared
from ledger287.core.query_error import Ask, QueryError, QueryField
from ledger287.custody.case.vocabulary import FURTHER, code_fields, events, plain, vocabulary
from ledger287.custody.intake.times.moments import ORDERS, DayOrder

DEFAULTS = ("zone", "state", "agency", "model")
KEYS = ("about", "shape", "columns", "drop", "ignore", "dates", "hours", "sheet", "values", "unknown", *DEFAULTS)
LOG_ONLY = ("at", "event")


@dataclass(frozen=True, slots=True)
class Map:
    """How a file's columns are read. ``columns`` gives a field's headings, the first that the file has;
    ``pairs`` the headings of an event's day and time of day. ``values`` translates a column's own words. ``unknown``
    are codes that the table does not give though they may be so in any row: what rests on them is cannot tell.
    ``hours`` is 24 where times of day without AM and PM are known to be of 24 hours."""

    name: str
    columns: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    pairs: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    drop: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    dates: DayOrder | None = None
    sheet: str | None = None
    values: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    defaults: Mapping[str, str] = field(default_factory=dict)
    about: str = ""
    unknown: tuple[str, ...] = ()
    hours: int | None = None

    @property
    def headings(self) -> tuple[str, ...]:
        """Every heading that the map reads."""
        singles = [head for heads in self.columns.values() for head in heads]
        return tuple(dict.fromkeys([*singles, *(head for pair in self.pairs.values() for head in pair)]))


def fields() -> tuple[str, ...]:
    """Every field that a map can name."""
    log = vocabulary()["log"]
    return (*events(), *code_fields(), *FURTHER, *vocabulary()["columns"], *LOG_ONLY, *log["columns"])


def ready_maps() -> dict[str, str]:
    """The ready maps by name, each with what it is for."""
    folder = files("ledger287.declared") / "custody" / "maps"
    names = sorted(entry.name.removesuffix(".yml") for entry in folder.iterdir() if entry.name.endswith(".yml"))
    return {name: str(declared.declared_yaml(f"custody/maps/{name}.yml")["about"]) for name in names}


def read_map(named: str) -> Map:
    """A map by its file, or a ready one by its name. Raises Refused with every fault of it."""
    path = Path(named)
    if path.suffix.lower() not in (".yml", ".yaml") and not path.is_file():
        if named not in ready_maps():
            says = f": expected a YAML file, or a ready map: {', '.join(ready_maps())}. "
            propose = Ask("custody map", ("FILE",))
            raise QueryError(
                "map", QueryField("map", named), says, propose, " proposes one.", choices=list(ready_maps())
            )
        content = declared.text(f"custody/maps/{named}.yml")
    else:
        try:
            content = path.read_text(encoding="utf-8-sig")
        except (OSError, UnicodeDecodeError) as error:
            why = error.strerror if isinstance(error, OSError) else "it is not UTF-8"
            raise QueryError("map", QueryField("map", named), f": cannot be read: {why}.") from None
    try:
        data = yaml.safe_load(content)
    except yaml.YAMLError as error:
        raise QueryError("map", QueryField("map", named), f": expected YAML: {str(error).splitlines()[0]}.") from None
    return as_map(named, data)


def as_map(name: str, data: Any) -> Map:
    """A map of what its YAML holds."""
    if not isinstance(data, dict) or not isinstance(data.get("columns"), dict):
        raise QueryError(
            "map", QueryField("map", name), ": expected `columns:` with a heading for each field; see docs/custody.md."
        )
    faults = [f"{key}: expected one of {', '.join(KEYS)}" for key in data if key not in KEYS]
    columns: dict[str, tuple[str, ...]] = {}
    pairs: dict[str, tuple[str, str]] = {}
    for field_, given in data["columns"].items():
        if field_ not in fields():
            faults.append(f"columns: {field_}: expected a field, one of {', '.join(fields())}")
        elif (
            isinstance(given, dict)
            and set(given) == {"day", "time"}
            and FURTHER.get(field_, field_) in (*events(), "at")
        ):
            pairs[field_] = (str(given["day"]), str(given["time"]))
        elif isinstance(given, list) and given and all(isinstance(one, str | int) for one in given):
            columns[field_] = tuple(map(str, given))
        elif isinstance(given, str | int):
            columns[field_] = (str(given),)
        else:
            faults.append(f"columns: {field_}: expected a heading, a list of them, or {{day: HEADING, time: HEADING}}")
    faults += _twice(columns, pairs)
    dates = data.get("dates")
    if dates not in (None, *ORDERS):
        faults.append(f"dates: expected {' or '.join(ORDERS)}, found {dates!r}")
    hours = data.get("hours")
    if hours not in (None, 24):
        faults.append(f"hours: expected 24, for times of day of 24 hours, found {hours!r}")
    values = data.get("values") or {}
    if not isinstance(values, dict) or not all(isinstance(one, dict) for one in values.values()):
        faults.append("values: expected for a field what each of its words stands for")
        values = {}
    unknown = _texts(data.get("unknown"))
    faults += [
        f"unknown: {one}: expected one of {', '.join(code_fields())}" for one in unknown if one not in code_fields()
    ]
    if faults:
        raise QueryError("map", QueryField("map", name), ": " + "; ".join(faults) + ".")
    return Map(
        name,
        columns,
        pairs,
        _texts(data.get("drop")),
        _texts(data.get("ignore")),
        dates,
        data.get("sheet"),
        {one: {plain(str(word)): str(code) for word, code in words.items()} for one, words in values.items()},
        {key: str(data[key]) for key in DEFAULTS if data.get(key)},
        str(data.get("about", "")),
        unknown,
        hours,
    )


def _twice(columns: Mapping[str, tuple[str, ...]], pairs: Mapping[str, tuple[str, str]]) -> list[str]:
    """Headings that a map reads as two fields; one column of days may serve two events in a row of times."""
    seen: dict[str, str] = {}
    faults = []
    for field_, heads in columns.items():
        for head in heads:
            if seen.get(plain(head), field_) != field_:
                faults.append(f"columns: {head!r} is read as {seen[plain(head)]} and as {field_}")
            seen[plain(head)] = field_
    for field_, (_, time) in pairs.items():
        if plain(time) in seen:
            faults.append(f"columns: {time!r} is read as {seen[plain(time)]} and as {field_}")
    return faults


def _texts(given: Any) -> tuple[str, ...]:
    return tuple(map(str, given)) if isinstance(given, Sequence) and not isinstance(given, str) else ()


def as_yaml(
    found: Map, comments: Mapping[str, str] | None = None, *, zone_needed: bool = False, half_days: bool = False
) -> str:
    """A map as YAML, with a comment after a line where one is given, and a line for the time zone that it needs."""
    said = comments or {}
    lines = [f"# {found.about}", "# Check each line before you audit with it: a heading may mean another thing here."]
    lines += [f"{key}: {_quoted(value)}" for key, value in found.defaults.items()]
    if zone_needed:
        lines.append("# zone: America/Chicago  # the jail's time zone: these times have none")
    if found.dates:
        lines.append(f"dates: {found.dates}")
    if half_days:
        lines.append("# hours: 24  # if these times of day are of 24 hours: none is past 12:59, and none has AM or PM")
    if found.sheet:
        lines.append(f"sheet: {_quoted(found.sheet)}")
    lines.append("columns:")
    for field_ in fields():
        note = f"  # {said[field_]}" if field_ in said else ""
        if field_ in found.pairs:
            day, time = found.pairs[field_]
            lines.append(f"  {field_}: {{day: {_quoted(day)}, time: {_quoted(time)}}}{note}")
        elif field_ in found.columns:
            heads = found.columns[field_]
            text = _quoted(heads[0]) if len(heads) == 1 else f"[{', '.join(map(_quoted, heads))}]"
            lines.append(f"  {field_}: {text}{note}")
    for key, heads in (("drop", found.drop), ("ignore", found.ignore), ("unknown", found.unknown)):
        if heads:
            lines.append(f"{key}:")
            lines += [f"  - {_quoted(head)}" for head in heads]
    return "\n".join(lines) + "\n"


def _quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'
