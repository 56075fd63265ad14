"""Facility-days of two sources, ICE's own list and its workbooks -> the facility tables that ship.

``facilities``: one row a code, with its name, state and county and how each is known. ``facility_months``: sums over a
month by facility and source. ``state_days``: people held by state and day. ``overlap``: where both sources speak of the
same facility and day. ``intervals``: what two workbooks' averages of the year so far say of the days between them, with
the bounds that rounding leaves, against the daily counts. ``releases``: how far two releases of the same records are
apart. A facility whose state is not known is in no state's sum.
"""

import json
import re
from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path
from typing import Any

import polars as pl

from ledger287.core import declared

ENOUGH_DAYS = 10
"""A half-month of a facility is compared where so many days of it are in either release."""
MARK = re.compile(r"(?<=[A-Z])\d$")
"""The number of a footnote behind a printed name."""
CODE_WITH_STATE = re.compile(r"[A-Z0-9]{5}([A-Z]{2})$")
WORDS = {
    "CENTER": "CTR", "CORRECTIONAL": "CORR", "CORRECTIONS": "CORR", "COR": "CORR", "CORREC": "CORR",
    "DETENTION": "DET", "FACILITY": "FAC", "FCLTY": "FAC", "COUNTY": "CO", "PROCESSING": "PROC", "SERVICE": "SVC",
    "SPC": "SVC PROC CTR", "FEDERAL": "FED", "INSTITUTION": "INST", "CONTRACT": "CONT", "REGIONAL": "REG",
    "DEPARTMENT": "DEPT", "SHERIFFS": "SHERIFF", "SAINT": "ST",
}  # fmt: skip


def words_of(name: str) -> str:
    """A facility's name for comparing: no bracketed part or mark of a footnote, usual abbreviations, words in order."""
    plain = re.sub(r"\(.*?\)|[^A-Z0-9 ]", " ", name.upper().replace("'", "").replace(".", ""))
    plain = MARK.sub("", plain.strip())
    return " ".join(WORDS.get(word, word) for word in plain.split())


def state_codes() -> frozenset[str]:
    """The codes of states and territories that a facility can be in."""
    return frozenset(code.code for code in (*declared.states(), *declared.territories()))


def facilities_table(days: pl.DataFrame, listed: Path, averages: pl.DataFrame, zips: Path) -> pl.DataFrame:
    """One row a facility code with its name, state, ZIP code and county, and what each rests on."""
    names = dict(days.drop_nulls("name").group_by("code").agg(pl.col("name").first()).iter_rows())
    by_code = {row["xref"]: row for row in json.loads(listed.read_text(encoding="utf-8")) if row.get("xref")}
    by_name, named = _by_name(averages), printed_names()
    declared_states = {row["code"]: row["state"] for row in declared.rows("outcomes/facility_states.csv")}
    counties = _counties(zips)
    known = state_codes()
    rows: list[dict[str, Any]] = []
    for code in sorted(days["code"].unique().to_list()):
        row: dict[str, Any] = {"code": code, "name": names.get(code), "state": None, "state_basis": None, "zip": None}
        listing = by_code.get(code)
        printed = CODE_WITH_STATE.match(code)
        if listing:
            row["name"] = row["name"] or listing["fields"]["name"][0]["value"]
            row |= {"state": listing["state"], "state_basis": "ICE's list of facilities"}
            row["zip"] = listing["fields"].get("address", {}).get("zip")
        elif code in declared_states:
            row |= {"state": declared_states[code], "state_basis": "declared"}
        elif printed and printed.group(1) in known:
            row |= {"state": printed.group(1), "state_basis": "the end of the code"}
        if not row["zip"] and row["name"] and row["state"]:
            row["zip"] = by_name.get((words_of(row["name"]), row["state"])) or _zip_of(named.get(code, ()), by_name)
        row["county_fips"] = counties.get(row["zip"] or "")
        row["on_ice_list"] = listing is not None
        rows.append(row)
    return pl.DataFrame(rows, infer_schema_length=None)


def printed_names() -> dict[str, tuple[tuple[str, str], ...]]:
    """Code -> the other names and states under which workbooks print the facility, as declared with evidence."""
    found: dict[str, list[tuple[str, str]]] = {}
    for row in declared.rows("outcomes/facility_names.csv"):
        found.setdefault(row["code"], []).append((words_of(row["name"]), row["state"]))
    return {code: tuple(names) for code, names in found.items()}


def _zip_of(names: Sequence[tuple[str, str]], zips: dict[tuple[str, str], str]) -> str | None:
    """The one ZIP code that workbooks print with any of some names; None where they print several, or none."""
    known = {zips[name] for name in names if name in zips}
    return next(iter(known)) if len(known) == 1 else None


def _by_name(averages: pl.DataFrame) -> dict[tuple[str, str], str]:
    """Name and state -> ZIP code, as the workbooks print them; names with several ZIP codes in a state are left out."""
    found: dict[tuple[str, str], set[str]] = {}
    pairs = averages.select(pl.col("name", "state", "zip").cast(pl.String)).unique()
    for name, state, code in pairs.iter_rows():
        found.setdefault((words_of(name), state), set()).add(code)
    return {key: next(iter(codes)) for key, codes in found.items() if len(codes) == 1 and all(codes)}


def _counties(zips: Path) -> dict[str, str]:
    frame = pl.read_csv(zips, infer_schema_length=0)
    zip_column, county_column = frame.columns[0], next(name for name in frame.columns if "fips" in name.lower())
    return dict(frame.select(zip_column, county_column).drop_nulls().iter_rows())


def facility_months_table(days: Sequence[tuple[str, pl.DataFrame]]) -> pl.DataFrame:
    """Sums over each month by source and facility: people-days held, at midnight and convicted, the most, and days."""
    frames = [
        frame.group_by("code", pl.col("day").dt.truncate("1mo").alias("month"))
        .agg(
            held=pl.col("held").sum().cast(pl.Int32),
            midnight=pl.when(pl.col("midnight").count() > 0).then(pl.col("midnight").sum()).cast(pl.Int32),
            convicted=pl.when(pl.col("convicted").count() > 0).then(pl.col("convicted").sum()).cast(pl.Int32),
            most=pl.col("held").max().cast(pl.Int32),
            days=pl.len().cast(pl.Int8),
        )
        .with_columns(source=pl.lit(source))
        for source, frame in days
    ]
    return (
        pl.concat(frames)
        .sort("source", "code", "month")
        .select(pl.col("source", "code").cast(pl.Categorical), "month", "held", "midnight", "convicted", "most", "days")
    )


def place_days_table(days: Sequence[tuple[str, pl.DataFrame]], facilities: pl.DataFrame, place: str) -> pl.DataFrame:
    """People held by place (``state`` or ``county_fips``) and day, by source; facilities of no known place left out."""
    where = facilities.select("code", place).drop_nulls(place)
    frames = [
        frame.join(where, on="code")
        .group_by(place, "day")
        .agg(pl.col("held").sum().cast(pl.Int32))
        .with_columns(source=pl.lit(source))
        for source, frame in days
    ]
    return (
        pl.concat(frames)
        .sort("source", place, "day")
        .select(pl.col("source", place).cast(pl.Categorical), "day", "held")
    )


def nation_days_table(days: Sequence[tuple[str, pl.DataFrame]]) -> pl.DataFrame:
    """People held by day in all facilities of a source."""
    frames = [
        frame.group_by("day")
        .agg(
            held=pl.col("held").sum().cast(pl.Int32),
            midnight=pl.when(pl.col("midnight").count() > 0).then(pl.col("midnight").sum()).cast(pl.Int32),
            convicted=pl.when(pl.col("convicted").count() > 0).then(pl.col("convicted").sum()).cast(pl.Int32),
            facilities=pl.len().cast(pl.Int32),
        )
        .with_columns(source=pl.lit(source))
        for source, frame in days
    ]
    return pl.concat(frames).sort("source", "day")


def overlap_table(ddp: pl.DataFrame, uwchr: pl.DataFrame) -> pl.DataFrame:
    """Both sources on the same days, by facility: days, people-days of each, the largest gap and its day."""
    both = ddp.join(uwchr.select("code", "day", other="held"), on=["code", "day"])
    gap = (pl.col("other") - pl.col("midnight")).abs()
    return (
        both.with_columns(gap=gap)
        .sort("gap", "day", descending=[True, False])
        .group_by("code", maintain_order=True)
        .agg(
            days=pl.len().cast(pl.Int32),
            ddp_midnight=pl.col("midnight").sum().cast(pl.Int32),
            uwchr=pl.col("other").sum().cast(pl.Int32),
            median_difference=((pl.col("other") - pl.col("midnight")) / pl.max_horizontal("midnight", 1)).median(),
            largest_gap=pl.col("gap").first(),
            largest_gap_day=pl.col("day").first(),
        )
        .sort("code")
    )


def releases_table(ddp: pl.DataFrame, uwchr: pl.DataFrame) -> pl.DataFrame:
    """How far two releases of ICE's own records are apart, over half-months of a facility: one row.

    ``share`` is what 95% of the half-months keep to: the older count is within it, and one person, of the span from the
    newer count at midnight to everybody held at any time of a day. It is measured without ICE's averages.
    """
    first, last = ddp["day"].min(), uwchr["day"].max()
    both = ddp.select("code", "day", "midnight", "held").join(
        uwchr.select("code", "day", other="held"), on=["code", "day"], how="full", coalesce=True
    )
    counts = pl.col("midnight", "held", "other")
    spans = (
        both.filter(pl.col("day").is_between(pl.lit(first), pl.lit(last)))
        .with_columns(counts.fill_null(0))
        .group_by("code", pl.col("day").dt.truncate("2w"))
        .agg(counts.mean(), days=pl.len())
        .filter((pl.col("days") >= ENOUGH_DAYS) & (pl.col("midnight") >= 1))
        .with_columns(
            out=pl.max_horizontal(pl.col("midnight") - pl.col("other"), pl.col("other") - pl.col("held"), 0.0)
        )
    )
    return spans.select(
        spans=pl.len().cast(pl.Int32),
        inside=(pl.col("out") <= 0).mean(),
        within_one=(pl.col("out") <= 1).mean(),
        share=((pl.col("out") - 1).clip(0) / pl.col("midnight")).quantile(0.95),
    )


def _differences(known: pl.DataFrame) -> pl.DataFrame:
    """The averages of intervals: of the first workbook of a year since October 1, then of the days between two.

    A facility is the same across workbooks by its code (``key``), whatever its printed name; without one by its name.
    """
    latest = known.unique(["key", "through"], keep="last", maintain_order=True).sort("key", "through")
    year = (pl.col("through") + pl.duration(days=92)).dt.year()
    same = ((pl.col("key") == pl.col("key").shift()) & (year == year.shift())).fill_null(value=False)
    before = pl.when(same).then(pl.col("days").shift()).otherwise(0)
    people_days = pl.when(same).then(pl.col("adp").shift() * pl.col("days").shift()).otherwise(0.0)
    length = pl.col("days") - before
    return latest.with_columns(
        first=pl.when(same)
        .then(pl.col("through").shift() + timedelta(days=1))
        .otherwise(pl.col("through") - pl.duration(days=pl.col("days") - 1)),
        length=length,
        average=(pl.col("adp") * pl.col("days") - people_days) / length,
        room=4 * 0.5e-6 * (pl.col("days") + before) / length,
    ).filter(pl.col("length") > 0)


def intervals_table(averages: pl.DataFrame, facilities: pl.DataFrame, days: pl.DataFrame) -> pl.DataFrame:
    """What each two workbooks in a row say of the days between them, by facility, against the daily counts.

    An average of the year times its days is the people-days so far. Their difference over the days between is the
    average of the interval; rounding moves it by ``room``. The first workbook of a year is an interval since October 1.
    ``possible`` is false where the average is below zero by more than its room.
    """
    known = averages.filter(pl.col("days").is_not_null()).with_columns(pl.col("name", "state").cast(pl.String))
    coded = _differences(_coded(known, facilities))
    coded = coded.with_columns(possible=pl.col("average") >= -pl.col("room") - 1e-6)
    daily = days.select("code", "day", "midnight", "held")
    measured = (
        coded.drop_nulls("code")
        .select("key", "code", "first", "through", "length")
        .join_where(
            daily.rename({"code": "code_"}),
            pl.col("code") == pl.col("code_"),
            pl.col("day") >= pl.col("first"),
            pl.col("day") <= pl.col("through"),
        )
        .group_by("key", "through")
        .agg(pl.col("midnight").sum(), pl.col("held").sum())
    )
    last = days["day"].max()
    start = days["day"].min()
    seen = pl.col("code").is_in(days["code"].unique().implode())
    covered = seen & (pl.col("first") >= start) & (pl.col("through") <= last)
    per_day = [
        (pl.when(covered).then(pl.col(name).fill_null(0) / pl.col("length"))).alias(name)
        for name in ("midnight", "held")
    ]
    spans = coded.join(measured, on=["key", "through"], how="left").with_columns(per_day)
    return spans.select(
        "name", "state", "code", "first", "through", "length", "average", "room", "possible", "midnight", "held"
    ).sort("name", "state", "through")


def _coded(printed: pl.DataFrame, facilities: pl.DataFrame) -> pl.DataFrame:
    """The code of each facility that a workbook names: the one that has the name in the state, or a declared one.

    ``key`` is what the facility is known by across workbooks: its code, else the words of its name with its state.
    """
    codes: dict[tuple[str, str], set[str]] = {}
    others = {name: code for code, names in printed_names().items() for name in names}
    for code, name, state in facilities.select("code", "name", "state").drop_nulls().iter_rows():
        codes.setdefault((words_of(name), state), set()).add(code)
    pairs = printed.select("name", "state").unique()
    found = []
    for name, state in pairs.iter_rows():
        words = words_of(name)
        matching = codes.get((words, state), set())
        code = others.get((words, state)) or (next(iter(matching)) if len(matching) == 1 else None)
        found.append((name, state, code, code or f"{words}, {state}"))
    schema = {"name": pl.String, "state": pl.String, "code": pl.String, "key": pl.String}
    return printed.join(pl.DataFrame(found, schema=schema, orient="row"), on=["name", "state"], how="left")
