"""The clues of a detention workbook -> the day its snapshot speaks of, and why.

What enters: the tables and the texts of one workbook. What leaves: a day, or none, with every clue that was weighed. A
footnote alone is not believed: the averages of the fiscal year show by arithmetic how many days they cover (the months'
averages weighted by their days give the average of the year for one number of days only), and the snapshot follows them
by at most a few days. Where they contradict the footnote, the averages win and the footnote is a problem. Where no clue
gives the day, the answer is none.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from ledger287.core.locator import column_letters
from ledger287.core.text import MONTHS as MONTH_NAMES
from ledger287.sources.outcomes.grid import GridSheet
from ledger287.sources.outcomes.tables import PrintedTable
from ledger287.sources.outcomes.vocabulary import bare

MONTHS = ("oct", "nov", "dec", "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep")
NAMES = tuple(month.lower() for month in MONTH_NAMES)
MONTH = "(" + "|".join(f"{month}[a-z]*" for month in MONTHS) + r")\.?"
NUMERIC_DAY = re.compile(r"(?<!\d)(\d{1,2})[/.-](\d{1,2})[/.-](\d{4}|\d{2})(?!\d)")
ISO_DAY = re.compile(r"(?<!\d)(\d{4})-(\d{2})-(\d{2})(?!\d)")
WORDED_DAY = re.compile(rf"\b{MONTH}\s+(\d{{1,2}})(?:st|nd|rd|th)?,?\s+(\d{{4}})\b", re.IGNORECASE)
DAY_FIRST = re.compile(rf"\b(\d{{1,2}})\s+{MONTH},?\s+(\d{{4}})\b", re.IGNORECASE)
MONTH_HEADING = re.compile(rf"{MONTH}(?:[ '/-]*(\d{{4}}|\d{{2}}))?$")
MONTH_OF_DAY = re.compile(r"(\d{4})-(\d{2})-01(?: 00:00:00)?$")
FISCAL_YEAR = re.compile(r"\b(?:(?:EO)?FY|fiscal year)[\s-]{0,2}(\d{4}|\d{2})\b", re.IGNORECASE)
"""FY2024, fiscal year 2024, and EOFY24 for the end of it."""
SNAPSHOT = re.compile(
    r"(?:(?:national docket|currently detained)[^.]{0,60}?snapshot as(?: of)?"
    r"|(?:currently detained|detained population|people detained|in detention)[^.]{0,40}?\b(?:current )?as of)"
    r"\s+(.{6,24})",
    re.IGNORECASE,
)
SOME_SNAPSHOT = re.compile(r"\bsnapshot as(?: of)?\s+(.{6,24})", re.IGNORECASE)
THROUGH = re.compile(r"(detention|book-?ins?)\b[^.]{0,30}?updated through\s+(.{6,24})", re.IGNORECASE)
SOURCE = re.compile(r"source:[^,]{0,80},\s*(.{6,24})", re.IGNORECASE)
TELLING = re.compile(r"snapshot as|updated through|source:|as of", re.IGNORECASE)
NAME_DAY = re.compile(r"(?<!\d)(\d{2})(\d{2})(\d{4})(?!\d)")
CAPTURED = re.compile(r"^(\d{4})(\d{2})(\d{2})\d{6}\b")
LONGEST_AFTER = 4
LONGEST_AFTER_YEAR_END = 14
BEFORE_PUBLISHED = timedelta(days=21)
FIT = 2e-5
"""How far, relative to the average, rounding can move an average of the year."""
ENOUGH_DECIMALS = 4
ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Clue:
    """One thing in a workbook that bears on its day: what it is, the day, the cell it is in, and its words."""

    kind: str
    day: date
    sheet: str | None
    cell: str | None
    says: str


@dataclass(frozen=True, slots=True)
class AsOf:
    """The day of the snapshot, or None; ``basis`` is how it is known and ``why`` says it in words."""

    day: date | None
    basis: str
    why: str
    range: tuple[date, date] | None
    clues: tuple[Clue, ...]
    contradicted: tuple[Clue, ...]
    fiscal_year: int | None
    through: date | None


def day_in(text: str) -> date | None:
    """The first day that a text gives, as 04/14/2021, 4.14.21, 2021-04-14, April 14, 2021 or 14 Apr. 2021."""
    found: list[tuple[int, tuple[int, int, int]]] = []
    if iso := ISO_DAY.search(text):
        found.append((iso.start(), (int(iso[1]), int(iso[2]), int(iso[3]))))
    elif numeric := NUMERIC_DAY.search(text):
        year = int(numeric[3])
        found.append((numeric.start(), (year if year > 99 else 2000 + year, int(numeric[1]), int(numeric[2]))))
    for pattern, month, day in ((WORDED_DAY, 1, 2), (DAY_FIRST, 2, 1)):
        if (worded := pattern.search(text)) and (number := _month_number(worded[month])):
            found.append((worded.start(), (int(worded[3]), number, int(worded[day]))))
    try:
        return date(*min(found)[1]) if found else None
    except ValueError:
        return None


def _month_number(word: str) -> int | None:
    """1 for January, Jan or Jan.; None for a word that only begins so."""
    word = word.lower()
    if word not in NAMES and word not in MONTHS and word != "sept":
        return None
    return (MONTHS.index(word[:3]) + 9) % 12 + 1


def fiscal_year_in(*texts: str) -> int | None:
    """The last fiscal year that any of some texts names, the first text first."""
    for text in texts:
        years = [int(year) if len(year) == 4 else 2000 + int(year) for year in FISCAL_YEAR.findall(text)]
        if years:
            return max(years)
    return None


def month_columns(table: PrintedTable) -> dict[int, int]:
    """Column -> its place in the fiscal year, 0 for October, where a table has one column per month."""
    found = {}
    for column, words in table.headings.items():
        last = bare(words[-1]) if words else ""
        if (named := MONTH_HEADING.match(last)) and (number := _month_number(named[1])):
            found[column] = (number - 10) % 12
        elif day := MONTH_OF_DAY.match(last):
            found[column] = (int(day[2]) - 10) % 12
    return found if len(set(found.values())) == len(found) else {}


def days_of_months(fiscal_year: int) -> list[int]:
    """The number of days of each month of a fiscal year, October first."""
    firsts = [date(fiscal_year - (place < 3), (place + 9) % 12 + 1, 1) for place in range(12)]
    firsts.append(date(fiscal_year, 10, 1))
    return [(after - before).days for before, after in pairwise(firsts)]


def covered_days(table: PrintedTable, fiscal_year: int) -> tuple[int, ...]:
    """The numbers of days that the averages of a fiscal year may cover; none where nothing fits, or no months are.

    The months' averages, weighted by their days, give the average of the year; and an average times its days is a
    number of people-days, which must be an integer. The second gives the day in October, where the first cannot.
    """
    months = month_columns(table)
    overall = next((c for c in table.headings if c not in months and _is_of_the_year(table.headings[c])), None)
    if len(months) < 12 or overall is None:
        return ()
    rows: list[tuple[list[float], float]] = []
    decimals = 0
    for line in table.lines:
        numbers = {entry.column: entry for entry in line.numbers}
        monthly = [0.0] * 12
        for column, place in months.items():
            if column in numbers:
                monthly[place] = numbers[column].number or 0.0
                decimals = max(decimals, len(numbers[column].text.partition(".")[2]))
        if overall in numbers and numbers[overall].number:
            rows.append((monthly, numbers[overall].number or 0.0))
    last = max((place for monthly, _ in rows for place in range(12) if monthly[place]), default=-1)
    if last < 0:
        return ()
    lengths = days_of_months(fiscal_year)
    before = sum(lengths[:last])
    earlier = [sum(m * d for m, d in zip(monthly[:last], lengths, strict=False)) for monthly, _ in rows]
    fitting = [
        days
        for days in range(1, lengths[last] + 1)
        if all(
            abs((part + monthly[last] * days) / (before + days) - year) <= FIT * max(year, 1.0)
            for part, (monthly, year) in zip(earlier, rows, strict=True)
        )
    ]
    if len(fitting) > 1 and decimals >= ENOUGH_DECIMALS:
        fitting = [
            days for days in fitting if all(_is_whole(monthly[last] * days, days, decimals) for monthly, _ in rows)
        ]
    return tuple(before + days for days in fitting)


def _is_of_the_year(heading: tuple[str, ...]) -> bool:
    word = bare(heading[-1]) if heading else ""
    return any(sign in word for sign in ("overall", "ytd", "year to date", "total", "average", "fy", "fiscal year"))


def _is_whole(people_days: float, days: int, decimals: int) -> bool:
    return abs(people_days - round(people_days)) <= days * 10.0**-decimals + 1e-7 * people_days


def find_as_of(sheets: Sequence[GridSheet], tables: Sequence[tuple[str, PrintedTable]], file: str) -> AsOf:
    """The day of a workbook's snapshot. ``tables`` are its tables with the ids of their kinds."""
    year = _fiscal_year(sheets, tables)
    clues = [*_footnotes(sheets), *_from_name(file)]
    through = _through(tables, year, clues)
    snapshots = [clue for clue in clues if clue.kind == "snapshot"]
    if through:
        return _from_averages(year, through, snapshots, clues)
    return _without_averages(year, _latest_month(tables, year), snapshots, clues)


def _fiscal_year(sheets: Sequence[GridSheet], tables: Sequence[tuple[str, PrintedTable]]) -> int | None:
    years = [
        year
        for kind, table in tables
        if kind.startswith(("population", "book_ins", "detained", "stay"))
        and kind != "book_ins_special"
        and (year := fiscal_year_in(table.title, table.sheet))
    ]
    years += [year for sheet in sheets if not years and (year := fiscal_year_in(sheet.name))]
    return max(years, default=None)


def _footnotes(sheets: Sequence[GridSheet]) -> Iterable[Clue]:
    for sheet in sheets:
        for row, cells in sheet.rows.items():
            for column, entry in cells.items():
                text = entry.text
                if len(text) < 20 or not TELLING.search(text):
                    continue
                cell = f"{column_letters(column)}{row}"
                for kind, pattern in (
                    ("snapshot", SNAPSHOT),
                    ("other snapshot", SOME_SNAPSHOT),
                    ("year to date", THROUGH),
                    ("facilities", SOURCE),
                ):
                    found = pattern.search(text)
                    if found and (day := day_in(found.group(found.lastindex or 1))):
                        yield Clue(kind, day, sheet.name, cell, " ".join(found.group().split())[:100])
                        break


def _from_name(file: str) -> Iterable[Clue]:
    for pattern, order in ((CAPTURED, (0, 1, 2)), (NAME_DAY, (2, 0, 1))):
        found = pattern.search(file)
        if found:
            parts = [int(part) for part in found.groups()]
            try:
                yield Clue("file name", date(*(parts[at] for at in order)), None, None, found.group())
            except ValueError:
                continue


def _through(tables: Sequence[tuple[str, PrintedTable]], year: int | None, clues: list[Clue]) -> tuple[date, ...]:
    """The days up to which the averages of the year may run, by arithmetic."""
    for wanted in ("population_by_agency", "population_by_facility_type", "population"):
        for kind, table in tables:
            own = fiscal_year_in(table.title, table.sheet) or year
            if kind != wanted or year is None or own != year:
                continue
            if covered := covered_days(table, year):
                start = date(year - 1, 10, 1) - ONE_DAY
                days = tuple(start + timedelta(days=count) for count in covered)
                says = f"the averages of fiscal year {year} cover {' or '.join(map(str, covered[:4]))} days"
                cell = f"{column_letters(table.columns[0])}{table.rows[0]}"
                clues.append(Clue("averages", days[-1], table.sheet, cell, says))
                return days
    return ()


def _latest_month(tables: Sequence[tuple[str, PrintedTable]], year: int | None) -> tuple[date, date] | None:
    """The first and last day of the latest month that has book-ins."""
    for kind, table in tables:
        months = month_columns(table) if kind in ("book_ins_by_agency", "population_by_agency", "population") else {}
        if len(months) < 12 or year is None:
            continue
        last = max(
            (months[e.column] for line in table.lines for e in line.numbers if e.column in months and e.number),
            default=-1,
        )
        if last >= 0:
            before = sum(days_of_months(year)[:last])
            first = date(year - 1, 10, 1) + timedelta(days=before)
            return first, first + timedelta(days=days_of_months(year)[last] - 1)
    return None


def _longest_after(day: date) -> timedelta:
    return timedelta(days=LONGEST_AFTER_YEAR_END if (day.month, day.day) == (9, 30) else LONGEST_AFTER)


def _from_averages(year: int | None, through: tuple[date, ...], snapshots: list[Clue], clues: list[Clue]) -> AsOf:
    def covering(day: date) -> date | None:
        """The latest end of the averages that a snapshot of this day may follow."""
        return max((end for end in through if timedelta() <= day - end <= _longest_after(end)), default=None)

    wrong = tuple(clue for clue in snapshots if covering(clue.day) is None)
    for kind, said in (
        ("snapshot", "the footnote on the snapshot"),
        ("other snapshot", "another footnote on people held"),
    ):
        fitting = sorted(clue.day for clue in clues if clue.kind == kind and covering(clue.day))
        if fitting:
            end = covering(fitting[0])
            why = f"{said} says so, and the averages of the year run to {end}"
            return AsOf(fitting[0], "footnote", why, None, tuple(clues), wrong, year, end)
    if len(through) > 1:
        named = [clue.day for clue in clues if clue.kind == "file name"]
        near = tuple(end for end in through if any(timedelta() <= day - end <= BEFORE_PUBLISHED for day in named))
        through = near if len(near) == 1 else through
    span = (through[0], through[-1] + _longest_after(through[-1]))
    if len(through) > 1:
        why = f"the averages of the year may run to {' or '.join(map(str, through[:4]))}"
        return AsOf(None, "cannot tell", why, span, tuple(clues), wrong, year, None)
    reason = "the footnote contradicts them" if wrong else "no footnote gives the day of the snapshot"
    why = (
        f"the averages of the year run to {through[0]} by their arithmetic, and {reason}; "
        f"the snapshot may be up to {_longest_after(through[0]).days} days later"
    )
    return AsOf(through[0], "averages", why, span, tuple(clues), wrong, year, through[0])


def _without_averages(
    year: int | None, month: tuple[date, date] | None, snapshots: list[Clue], clues: list[Clue]
) -> AsOf:
    """Where no averages tell: a footnote that another clue confirms, or nothing."""
    named = [clue.day for clue in clues if clue.kind == "file name"]
    to_date = [clue.day for clue in clues if clue.kind == "year to date"]

    def confirmed_by(day: date) -> str | None:
        if month and month[0] <= day <= month[1] + timedelta(days=LONGEST_AFTER):
            return "the latest month with book-ins"
        if any(timedelta() <= day - other <= timedelta(days=LONGEST_AFTER) for other in to_date):
            return "the footnotes on the year to date"
        if not month and any(timedelta() <= other - day <= timedelta(days=45) for other in named):
            return "the day in the file's name"
        return None

    good = [(clue, by) for clue in snapshots if (by := confirmed_by(clue.day))]
    wrong = tuple(clue for clue in snapshots if not confirmed_by(clue.day))
    if good:
        clue, by = min(good, key=lambda pair: pair[0].day)
        return AsOf(
            clue.day,
            "footnote",
            f"the footnote on the snapshot says so, and {by} agrees",
            None,
            tuple(clues),
            wrong,
            year,
            None,
        )
    usable = sorted(day for day in to_date if month and month[0] <= day <= month[1] + timedelta(days=LONGEST_AFTER))
    if usable:
        day = usable[-1]
        why = "the footnotes on the year to date say so, and the latest month with book-ins agrees"
        return AsOf(
            day, "year to date", why, (day, day + timedelta(days=LONGEST_AFTER)), tuple(clues), wrong, year, None
        )
    why = "no averages tell it by arithmetic, and no footnote gives a day that another clue confirms"
    return AsOf(None, "cannot tell", why, month, tuple(clues), wrong, year, None)
