"""Reads ``declared/law/*.yml`` into provisions; a file that is not understood is refused, by file and id.

What enters: the declared files, each with ``defaults`` and ``provisions``. What leaves: frozen provisions
in the order of the files. Nothing is guessed: an unknown key, kind, standing or state is an error.
"""

import re
import reprlib
import unicodedata
from collections.abc import Callable
from datetime import date, datetime
from typing import Any, get_args

from ledger287.core import declared
from ledger287.core.problem import Refused
from ledger287.law.agreements.functions import functions
from ledger287.law.lawbook.fitting import fitting, value_fits
from ledger287.law.lawbook.order_of_days import _pairs, days_of_sources, spans_of
from ledger287.law.lawbook.provisions import (
    HOURS,
    BearsOn,
    Clause,
    Dates,
    Effect,
    Kind,
    Parameter,
    Provision,
    Standing,
    StateLaw,
    Unsettled,
    weakest,
)
from ledger287.law.lawbook.zones import read_zones
from ledger287.ledger.query.parameters import read_state

DATA_FILES = ("functions.yml", "zones.yml", "templates.yml", "limits.yml", "roster.yml")
"""Files of the folder that hold no provisions."""
BEARS: dict[str, BearsOn] = {
    "mandate": "agreements", "allow": "agreements", "hold": "holds", "honor": "holds", "silent": "holds",
    "not checked": "holds",
}  # fmt: skip
"""The effects that bear on one of the two only; a bar or a restriction names which."""
UNSEEN = ("Cc", "Cf")
SHORT = reprlib.Repr()
SHORT.maxlevel, SHORT.maxstring, SHORT.maxother = 2, 120, 120
NEVER = "never"
"""How the files say that a rule was never checked against a source: it is from memory."""


class _Entry:
    """One entry of a file; each key is taken as it is understood, and what is left over is refused."""

    def __init__(self, file: str, entry: dict[str, Any]) -> None:
        self.file, self.left = file, dict(entry)
        self.name = str(entry.get("id", "an entry without an id"))

    def refuse(self, key: str, expected: str, found: Any) -> Refused:
        return Refused(f"{_shown(self.file)}: {self.name}: {key}: expected {expected}, found {_as_written(found)}.")

    def take(self, key: str, kind: type | tuple[type, ...], expected: str, *, needed: bool = False) -> Any:
        value = self.left.pop(key, None)
        if value is None and not needed:
            return None
        if not isinstance(value, kind) or (kind is date and isinstance(value, datetime)):
            raise self.refuse(key, expected, value)
        return value

    def text(self, key: str) -> str:
        value: str = self.take(key, str, "a text", needed=True)
        if not value.strip():
            raise self.refuse(key, "a text", value)
        if any(unicodedata.category(sign) in UNSEEN and not sign.isspace() for sign in value):
            raise self.refuse(key, "a text without control characters or marks of direction", ascii(value))
        return " ".join(value.split())

    def word(self, key: str, allowed: tuple[str, ...], default: str | None = None) -> Any:
        value = self.left.pop(key, default)
        if value not in allowed:
            several = isinstance(value, list) or value == "both"
            two = " (for both, write two provisions, each with its own citation)" if several else ""
            raise self.refuse(key, f"one of {', '.join(allowed)}{two}", value)
        return value

    def standing(self, default: Standing | None = None) -> Standing:
        value = self.left.pop("standing", default)
        if isinstance(value, list | tuple) or (isinstance(value, str) and re.search(r"[,/+&]|\band\b", value)):
            named = [word for word in get_args(Standing) if word in str(value)]
            write = f" (write the weaker, {weakest(*named)}, or two provisions)" if named else ""
            raise self.refuse("standing", f"one standing{write}", value)
        if value not in get_args(Standing):
            raise self.refuse("standing", "one of " + ", ".join(get_args(Standing)), value)
        found: Standing = value
        return found

    def day(self, key: str) -> date | None:
        found: date | None = self.take(key, date, "a day such as 2025-08-14")
        return found

    def instant(self, key: str) -> date | datetime | None:
        value = self.left.pop(key, None)
        if value is not None and not isinstance(value, date):
            raise self.refuse(key, "a day, or a date and time with its time zone", value)
        if isinstance(value, datetime) and value.tzinfo is None:
            raise self.refuse(key, "a date and time with its time zone", value)
        return value

    def words(self, key: str, allowed: tuple[str, ...]) -> tuple[str, ...]:
        value = self.take(key, list, f"a list, as [{allowed[-1]}]") or []
        for word in value:
            if word not in allowed:
                raise self.refuse(key, "only " + ", ".join(allowed), word)
        return tuple(value)

    def states(self) -> tuple[str, ...] | None:
        """The codes of the states; a name or a code in small letters is refused with the code to write."""
        key, codes = "territory", tuple(read_zones())
        given = "a list of states' codes, as [CT]"
        if isinstance(self.left.get(key), bool):
            given += '; YAML reads an unquoted NO or ON as this, so write ["NO"]'
        value = self.take(key, list, given)
        for word in value or ():
            if word in codes:
                continue
            if isinstance(word, bool):
                raise self.refuse(key, 'codes as text; YAML reads an unquoted NO or ON as this, so write "NO"', word)
            try:
                likely = read_state(word) if isinstance(word, str) else None
            except Refused:
                likely = None
            if likely:
                raise self.refuse(key, f"a state's code ({likely})", word)
            raise self.refuse(key, f"only codes of states and territories ({', '.join(codes)})", word)
        return tuple(value) if value else None

    def rows(self, key: str) -> list[dict[str, Any]]:
        value = self.take(key, list, "a list") or []
        for row in value:
            if not isinstance(row, dict):
                raise self.refuse(key, "keys and values for each, as {name: hold_hours, value: 0, unit: hours}", row)
        return value

    def inner(self, key: str, read: Callable[["_Entry"], Any]) -> Any:
        value = self.take(key, dict, "keys and values")
        if value is None:
            return None
        inside = _Entry(self.file, value)
        inside.name = f"{self.name}: {key}"
        return inside.whole(read(inside))

    def whole(self, result: Any) -> Any:
        if self.left:
            raise self.refuse(next(iter(self.left)), "no such key", next(iter(self.left.values())))
        return result


def read_provisions() -> tuple[Provision, ...]:
    """Every provision of the declared files. Raises Refused, naming file and id."""
    found: dict[str, Provision] = {}
    for file, data in sorted(declared.rules().items()):
        if file in DATA_FILES:
            continue
        for entry in provisions_of(file, data):
            if entry.id in found:
                raise Refused(f"declared/law/{file}: {entry.id}: this id is also in {found[entry.id].file}.")
            found[entry.id] = entry
    return tuple(found.values())


def provisions_of(file: str, data: Any) -> list[Provision]:
    """The provisions of one file's content. Raises Refused, naming file and id."""
    if isinstance(data, dict) and "provisions" in data and not isinstance(data["provisions"], list):
        expected = "a list of rules, each of them beginning with `- id:`"
        raise Refused(f"{_shown(file)}: provisions: expected {expected}, found {_as_written(data['provisions'])}.")
    if not isinstance(data, dict) or "provisions" not in data:
        there = f"the keys {', '.join(map(str, data))}" if isinstance(data, dict) and data else _as_written(data)
        raise Refused(f"{_shown(file)}: expected `provisions`, a list of rules, found {there}.")
    defaults = data.get("defaults", {})
    if not isinstance(defaults, dict):
        raise Refused(f"{_shown(file)}: defaults: expected keys and values, found {_as_written(defaults)}.")
    for key in data:
        if key not in ("defaults", "provisions"):
            raise Refused(
                f"{_shown(file)}: {key}: expected only `defaults` and `provisions`, found {_as_written(key)} too."
            )
    found = []
    for row in data["provisions"]:
        if not isinstance(row, dict):
            raise Refused(f"{_shown(file)}: expected keys and values for each rule, found {_as_written(row)}.")
        found.append(_provision(_Entry(file, _over(defaults, row))))
    return found


def _as_written(value: Any) -> str:
    """What was found, as it is written in a file and no longer than a line."""
    if value is None:
        return "nothing"
    return value.isoformat() if isinstance(value, date) else SHORT.repr(value)


def _formerly(row: _Entry) -> tuple[str, ...]:
    value = row.take("formerly", list, "a list of ids") or []
    for word in value:
        if not isinstance(word, str):
            raise row.refuse("formerly", "a list of ids", word)
    return tuple(value)


def _shown(file: str) -> str:
    return f"declared/law/{file}" if file in declared.rules() else file


def _over(defaults: dict[str, Any], row: dict[str, Any]) -> dict[str, Any]:
    """A rule's own keys over those of its file; the clause is merged key by key."""
    merged = {**defaults, **row}
    if isinstance(row.get("clause"), dict):
        merged["clause"] = {**defaults.get("clause", {}), **row["clause"]}
    return merged


def _provision(row: _Entry) -> Provision:
    standing = row.standing()
    territory = row.states()
    checked_until = row.take("checked_until", date, "a day such as 2026-05-31", needed=True)
    dates = row.inner("dates", _dates) or Dates(None, None, None, None)
    entry = Provision(
        row.text("id"),
        row.text("says"),
        row.word("kind", get_args(Kind)),
        row.text("citation"),
        standing,
        checked_until,
        _last_checked(row),
        territory,
        tuple(_parameters(row, standing)),
        tuple(_open(row)),
        row.text("source"),
        dates,
        row.inner("unsettled", _unsettled),
        row.inner("state_law", _state_law),
        row.inner("clause", _clause),
        row.file,
        _formerly(row),
        row.text("continues") if "continues" in row.left else None,
    )
    row.whole(entry)
    _in_order(row, entry)
    _one_bearing(row, entry)
    fitting(row.refuse, entry)
    if entry.clause and entry.standing == "unverified":
        raise row.refuse("standing", "a clause whose text was read: what it lists decides an answer", standing)
    return entry


def _in_order(row: _Entry, entry: Provision) -> None:
    """Refuses days in the wrong order, and spans without a day."""
    spans = [*spans_of(entry)]
    for first, low, last, high in (*spans, *_pairs(entry)):
        if low and high and _day(low) > _day(high):
            raise row.refuse(first, f"a day not after {last} ({_day(high)}); swap or correct them", str(_day(low)))
    for first, low, last, high in spans:
        if low and high and low == high:
            says = f"a day before {last} ({_day(high)}), which is the first day after; a span of no day says nothing"
            raise row.refuse(first, says, str(_day(low)))
    for last, high, first, low in days_of_sources(entry):
        if low and high and _day(high) < _day(low):
            says = (
                f"a day not before {first} ({_day(low)}), or the rule speaks of no day that was checked; write the day "
                "as of which its source was read, or correct that one"
            )
            raise row.refuse(last, says, str(_day(high)))


def _day(at: date | datetime) -> date:
    return at.date() if isinstance(at, datetime) else at


def _one_bearing(row: _Entry, entry: Provision) -> None:
    """Refuses a provision that bears on agreements and on holds at once: they are two, each with its own citation."""
    law = entry.state_law
    hours = [each.name for each in entry.parameters if each.name in HOURS]
    if law and hours and law.bears_on == "agreements":
        expected = (
            "hours of a hold only with `state_law: {bears_on: holds}`; write the bar on agreements and the bar on "
            "holds as two provisions"
        )
        raise row.refuse("parameters", expected, ", ".join(hours))
    if law and entry.territory is None:
        raise row.refuse("territory", "the states whose law it is", None)


def _last_checked(row: _Entry) -> date | None:
    if row.left.get("last_checked") == NEVER:
        del row.left["last_checked"]
        return None
    found: date = row.take("last_checked", date, f"a day such as 2026-05-31, or {NEVER}", needed=True)
    return found


def _parameters(row: _Entry, standing: Standing) -> list[Parameter]:
    found = []
    for data in row.rows("parameters"):
        inside = _Entry(row.file, data)
        inside.name = f"{row.name}: parameter {data.get('name')}"
        value = inside.take("value", (str, int, float, bool), "a value", needed=True)
        entry = Parameter(
            inside.text("name"),
            value,
            inside.text("unit"),
            inside.instant("since"),
            inside.instant("until"),
            inside.text("note") if "note" in inside.left else "",
            weakest(standing, inside.standing(standing)),
        )
        value_fits(inside.refuse, entry)
        found.append(inside.whole(entry))
    return found


def _open(row: _Entry) -> list[tuple[str, str]]:
    found = []
    for data in row.rows("not_formalised"):
        inside = _Entry(row.file, data)
        inside.name = f"{row.name}: not_formalised"
        found.append(inside.whole((inside.text("what"), inside.text("why"))))
    return found


def _dates(row: _Entry) -> Dates:
    return Dates(*(row.day(name) for name in ("enacted", "effective", "comply_by", "ended", "not_before")))


def _unsettled(row: _Entry) -> Unsettled:
    reaches = row.word("reaches", ("all", "existing"), "all")
    return Unsettled(row.day("since"), row.day("until"), reaches, row.text("why"))


def _state_law(row: _Entry) -> StateLaw:
    names = tuple(functions())
    types = tuple(code.code for code in declared.types().codes)
    effect: Effect = row.word("effect", get_args(Effect))
    only = BEARS.get(effect)
    bears: BearsOn = row.word("bears_on", get_args(BearsOn) if only is None else (only,), only or "agreements")
    functions_named = row.words("functions", names)
    return StateLaw(
        effect,
        functions_named or (("hold",) if bears == "holds" else ()),
        row.words("open_functions", names),
        row.words("agency_types", types),
        bears,
    )


def _clause(row: _Entry) -> Clause:
    model = row.word("model", tuple(code.code for code in declared.models()))
    versions = tuple(one["id"] for one in declared.rules()["templates.yml"]["templates"] if one["model"] == model)
    return Clause(
        model,
        row.text("template"),
        row.text("topic"),
        row.take("lists", bool, "true or false"),
        row.word("setting", ("jail", "field", "any"), "any"),
        row.words("also", versions) if versions else (),
    )
