"""What the actions of the grammar's rules do with the meaning of a constituent.

What enters: the features of its parts. What leaves: one meaning, none where they mean nothing together, or several
where it means several things. Promise: each action has a name that rules.yml uses; what a later part of a series leaves
out is taken from the part before it, and only where both are built alike.
"""

from collections.abc import Iterator, Sequence
from typing import Any

from ledger287.factcheck.extract.model import Figure
from ledger287.factcheck.grammar.chart import Action
from ledger287.factcheck.grammar.meaning import EMPTY, Meaning, filled, only
from ledger287.factcheck.grammar.quantities import base_num, percent, quantity, ratio, times

AGREEMENTS = ("agreements", "partnerships")
BODIES = ("agencies", "sheriffs", "police", "constables", "campuses", "state_agencies", "county_agencies",
          "police_and_sheriffs", "jurisdictions")  # fmt: skip
REGIONS = ("states", "counties", "territories", "states_and_territories")
SHARED = ("when", "pair", "place", "nation", "here")
"""Features of time and place: of a sentence, taken by its statements; of a member, by one without a noun after it."""


def idle(_said: Meaning) -> tuple[Meaning, ...]:
    """A time that is of who says so."""
    return (EMPTY,)


def second(one: Meaning) -> tuple[Meaning, ...]:
    return only({"second": dict(one)["when"]})


def whole(one: Meaning) -> tuple[Meaning, ...]:
    """The total that a part is of."""
    return only({"whole": one})


def shared(one: Meaning) -> tuple[Meaning, ...]:
    """What a share is of."""
    return only({"shared": one})


def all_of(one: Meaning) -> tuple[Meaning, ...]:
    """All of them, as a share."""
    own = dict(one)
    span, said = own.pop("said")
    return only({**own, "q": Figure(100.0, 100.0, 100.0, "exact", span, said)})


def ranked(one: Meaning) -> tuple[Meaning, ...]:
    """A place among all, with the number that gives it."""
    own = dict(one)
    number, lead = own.pop("q", None), own.pop("said")
    done = [frozenset({**own, "said": lead}.items())]
    if number is not None:
        less = {name: value for name, value in own.items() if name not in ("rank", "act")}
        done.append(frozenset({**less, "q": number, "act": "count", "id": True, "apart": True}.items()))
    return only({"ready": tuple(done)})


def part(one: Meaning) -> tuple[Meaning, ...]:
    """A part of what was just counted, of the same place, day and thing."""
    return only({"done": (frozenset({**dict(one), "act": "count", "part": True}.items()),)})


def part_gap(one: Meaning) -> tuple[Meaning, ...]:
    """How many more than another state what was just counted is."""
    return only({"done": (frozenset({**dict(one), "act": "gap", "part": True}.items()),)})


def part_times(one: Meaning) -> tuple[Meaning, ...]:
    """How many times as many as another state's what was just counted is."""
    return only({"done": (frozenset({**dict(one), "act": "times", "part": True}.items()),)})


def part_kind(one: Meaning) -> tuple[Meaning, ...]:
    """A part of the agreements that agencies of one kind have."""
    own = dict(one)
    return part(frozenset({**own, "kind": own.pop("unit"), "unit": "agreements"}.items()))


def part_share(one: Meaning) -> tuple[Meaning, ...]:
    """A share of what was just counted."""
    return only({"done": (frozenset({**dict(one), "act": "share", "part": True}.items()),)})


def _of_units(units: Sequence[str], *, keeps: bool = True) -> Action:
    def only(one: Meaning) -> tuple[Meaning, ...]:
        if dict(one).get("unit") not in units:
            return ()
        return (one,) if keeps else (EMPTY,)

    return only


def unitless(one: Meaning) -> tuple[Meaning, ...]:
    """Agreements that somebody has, of whom the count is."""
    own = dict(one)
    own.pop("unit", None)
    return only(own)


def of_kind(one: Meaning) -> tuple[Meaning, ...]:
    """Agreements with agencies of one kind."""
    own = dict(one)
    unit = own.pop("unit")
    return only(own if unit == "agencies" else {**own, "kind": unit})


def nested(one: Meaning) -> tuple[Meaning, ...]:
    """A count within another: 895 agreements with 740 agencies in 40 states."""
    own = dict(one)
    done = own.pop("done", ())
    return only({"done": (frozenset({**own, "act": "count", "nested": True}.items()), *done)})


def base(one: Meaning) -> tuple[Meaning, ...]:
    """A number that another is compared with, of an earlier time."""
    return only({"base": one})


def rival(one: Meaning) -> tuple[Meaning, ...]:
    return only({"rival": dict(one)["place"]})


def same_time(one: Meaning) -> tuple[Meaning, ...]:
    """Two times side by side, of which the second says more exactly which day the first is."""
    own = dict(one)
    return only({**own, "when": own["when"] + own.pop("second")})


def first(one: Meaning) -> tuple[Meaning, ...]:
    """More than any other state."""
    return only({"first": dict(one)["said"]})


def state(one: Meaning) -> tuple[Meaning, ...]:
    """A complete statement, with those that are within it and compared with it behind it."""
    own = dict(one)
    if "ready" in own:
        return only({"done": own["ready"]}) if all("unit" in dict(each) for each in own["ready"]) else ()
    inner, earlier, lead = own.pop("done", ()), own.pop("base", None), own.pop("first", None)
    if earlier is not None and "unit" not in own:
        own = dict(filled(frozenset(own.items()), dict(earlier), ("unit", "model", "kind", "party")))
    if own.pop("tally", False) and "unit" not in own:
        own["unit"] = "partnerships"
    unit = own.get("unit")
    if own.pop("body", False) and unit in AGREEMENTS:
        return ()
    if "q" not in own and "rank" not in own:
        return ()
    own["id"] = True
    if own.pop("each", False):
        ones = [frozenset({**own, "place": (code,)}.items()) for code in own.get("place", ())]
        return only({"done": tuple(ones)}) if not (inner or earlier or lead) else ()
    if own["act"] == "share":
        return _share(own) if not (inner or earlier or lead) else ()
    total = own.pop("whole", None)
    more: list[Meaning] = []
    if total is not None:
        own = dict(
            filled(frozenset(own.items()), dict(total), ("unit", "place", "here", "nation", "model", "kind", "pending"))
        )
        of = dict(total)
        if own["act"] != "count" or own["unit"] != of.get("unit") or (own["unit"] in BODIES and "party" not in of):
            return ()
        counted = "total" if own["unit"] in REGIONS else "count"
        more.append(filled(total, own, ("when", "pair")) | {("act", counted)})
    main = frozenset(own.items())
    for each in inner:
        if dict(each).get("part") and dict(each)["act"] == "share":
            if {"model", "kind"} & own.keys() or own["act"] != "count":
                return ()  # a part of what was signed, or of a growth, is not one of all that there are
            names = ("unit", "place", "nation", "here", "when", "pending")
            made = _share({**dict(each), "shared": frozenset((k, own[k]) for k in names if k in own and k != "when")})
            more += [filled(one, own, ("when", "pair")) for way in made for one in dict(way)["done"]]
        else:
            if own["act"] not in ("count", "signed") and dict(each).get("part"):
                return ()  # a part of a change is none of all that there are
            if own["act"] == "signed" and dict(each).get("part") and dict(each)["act"] == "count":
                each = frozenset({**dict(each), "act": "signed"}.items())  # noqa: PLW2901 - of what was signed
            more.append(filled(each, own, ("unit", "when", "pair", "place", "nation", "here", "model", "pending")))
    way = own.pop("way", None)
    if earlier is not None:
        now, then = own["q"].value, dict(earlier)["q"].value
        if (way == "up" and now <= then) or (way == "down" and now >= then):
            return ()
        if "place" in dict(earlier) and own.get("place") != dict(earlier)["place"]:
            return ()
        less = {name: value for name, value in own.items() if name not in ("q", "when", "pair", "id")}
        more.append(filled(earlier, less, less) | {("role", "from")})
    if lead:
        if "place" not in own or unit is None or own["act"] != "count":
            return ()
        led = {name: value for name, value in own.items() if name != "q"}
        more.append(frozenset({**led, "act": "rank", "rank": 1, "said": lead}.items()))
    return only({"done": (main, *more)})


def _share(own: dict[str, Any]) -> tuple[Meaning, ...]:
    """A share: which part, and of what; none where both say the same feature, or neither says which part."""
    of = dict(own.pop("shared", frozenset()))
    if own.get("sense") == "signed":
        made = {name: value for name, value in of.items() if name in ("unit", "place", "model", "here")}
        signed = {**made, **own, "id": True}
        return (
            only({"done": (frozenset(signed.items()),)}) if "unit" in made and "when" in own and "q" not in of else ()
        )
    part = {"place", "model", "kind"} & own.keys()
    if len(part) != 1 or part & of.keys() or "kind" in of or of.get("pending"):
        return ()
    if {"place", "here"} & of.keys() and part == {"model"}:
        own["sense"] = "of_place"
    if "model" in of and "place" in of:
        return ()
    if of.get("unit") in REGIONS:
        return ()
    made = {name: value for name, value in of.items() if name in ("unit", "place", "model", "nation", "here", "when")}
    if "nation" in made:
        made.pop("nation")
    if any(name in own and own[name] != value for name, value in made.items()):
        return ()
    done = [frozenset({**made, "unit": made.get("unit", "agreements"), **own, "id": True}.items())]
    if "q" in of:
        done.append(frozenset({**of, "act": "count"}.items()))
    return only({"done": tuple(done)})


def leads(one: Meaning) -> tuple[Meaning, ...]:
    own = dict(one)
    return only({**own, "first": own.pop("said")})


def gap(one: Meaning) -> tuple[Meaning, ...]:
    """What the next member of a series says, without what it leaves out."""
    return only({"done": (frozenset({**dict(one), "gap": True}.items()),)})


def series(one: Meaning) -> tuple[Meaning, ...]:
    """The members of a series, each with what it leaves out; none where one is built unlike the one before it."""
    found: list[Meaning] = []
    last: dict[str, Any] = {}
    leans = False
    for each in dict(one).get("done", ()):
        own = dict(each)
        if own.pop("follows", False) and last.get("act") == "signed" and "when" not in own and "unit" not in own:
            own["act"] = "signed"  # 111 were signed in May, 32 of them in Texas and nine in Ohio
        if own.pop("gap", False):
            own.pop("done", None)
            part = own.pop("partof", False)
            if own.get("act") == "share":
                last = _next_share(own, last)
                if not last:
                    return ()
                found.append(frozenset(last.items()))
                continue
            contrast = {name for name in own if name in ("place", "here", "when", "model")}
            if not last or "base" in own or last["act"] not in ("count", "signed"):
                return ()
            if part and (contrast - {"when"} & last.keys() or "kind" in last):
                return ()
            if not part and (not contrast or any(name not in last for name in contrast)):
                return ()
            if "when" in own:
                last = {name: value for name, value in last.items() if name != "pair"}
            own = {**last, **own}
            if part:
                found.append(frozenset(own.items()))
                continue
        elif own.pop("lean", False):
            if not last:
                return ()
            own = {**{name: last[name] for name in SHARED if name in last}, **own}
            if "unit" not in own:
                own["unit"] = last.get("unit")
        elif "unit" not in own and last and not own.get("nested"):
            own = {
                **{name: last[name] for name in ("unit", "model", "kind", "pending", *SHARED) if name in last},
                **own,
            }
        leans = leans or bool(own.get("id") and "place" in last and not WHERE & own.keys())
        found.append(frozenset(own.items()))
        if own.get("id"):
            last = own
    ways = [tuple(found), tuple(_placed(found))] if leans else [tuple(found)]
    return tuple(frozenset({"done": way}.items()) for way in ways)


PARTS = frozenset(["place", "model", "kind"])
"""Features of which a share has one: which part it is."""


def _next_share(own: dict[str, Any], last: dict[str, Any]) -> dict[str, Any]:
    """The next share of the same total ("and 21% were in Texas"); nothing where it is another kind of part."""
    alike = last.get("act") == "share" and len(own.keys() & PARTS) == 1 and own.keys() & PARTS == last.keys() & PARTS
    return {**last, **own} if alike and "sense" not in last and "done" not in own else {}


WHERE = frozenset(["place", "nation", "here"])


def _placed(done: Sequence[Meaning]) -> Iterator[Meaning]:
    """The members of a series, those without a place as of the place of the one before."""
    place: Any = None
    for each in done:
        own = dict(each)
        if place and not WHERE & own.keys():
            own["place"] = place
        place = own.get("place", place)
        yield frozenset(own.items())


def late(one: Meaning) -> tuple[Meaning, ...]:
    """A time at the end of a sentence: of all that it says, or of its last part, which has its own."""
    return only({"late": dict(one)["when"]})


def spread(one: Meaning) -> tuple[Meaning, ...]:
    """What opens and closes a sentence, said of each of its statements that does not say it itself."""
    own = dict(one)
    done: tuple[Meaning, ...] = own.pop("done", ())
    if "late" in own:
        if "when" in own or any(dict(each).get("role") == "from" for each in done):
            return ()
        own["when"] = own["late"]
    own = {name: value for name, value in own.items() if name in SHARED}
    if any(all(name in dict(each) or dict(each).get("role") for each in done) for name in own if name != "place"):
        return ()
    places = {dict(each).get("place", own.get("place")) for each in done}
    if "place" in own and places != {own["place"]}:
        return ()
    return only({"done": tuple(_spread(each, own) for each in done)})


def _spread(each: Meaning, own: dict[str, Any]) -> Meaning:
    own = {
        name: value for name, value in own.items() if name not in ("when", "pair") or dict(each).get("role") != "from"
    }
    if "when" in dict(each):
        own.pop("pair", None)
    if dict(each)["act"] == "share" and "place" in dict(each):
        own.pop("nation", None)  # nationally, 40% are in Florida: of the nation's
    if dict(each)["act"] == "share" and "model" in dict(each) and "place" in own and "place" not in dict(each):
        own["sense"] = "of_place"
    return filled(each, own, own)


ACTIONS: dict[str, Action] = {
    "quantity": quantity,
    "percent": percent,
    "times": times,
    "agreements_only": _of_units(AGREEMENTS),
    "bodies_only": _of_units(BODIES),
    "regions_only": _of_units(REGIONS),
    "unitless": unitless,
    "of_kind": of_kind,
    "nested": nested,
    "base": base,
    "rival": rival,
    "same_time": same_time,
    "first": first,
    "state": state,
    "leads": leads,
    "gap": gap,
    "series": series,
    "spread": spread,
    "ratio": ratio,
    "base_num": base_num,
    "idle": idle,
    "second": second,
    "whole": whole,
    "all_of": all_of,
    "ranked": ranked,
    "applications_only": _of_units(("applications",), keeps=False),
    "shared": shared,
    "part": part,
    "part_share": part_share,
    "part_gap": part_gap,
    "part_times": part_times,
    "part_kind": part_kind,
    "late": late,
}
