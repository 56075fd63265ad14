"""Synthetic detention workbooks in the manner of ICE's, with the faults that real ones have or could have."""

import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import xlsxwriter

MONTHS = ("Oct", "Nov", "Dec", "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep")
HELD = {
    "Convicted Criminal": (410, 90),
    "Pending Criminal Charges": (320, 30),
    "Other Immigration Violator": (200, 950),
}


@dataclass(frozen=True)
class Making:
    """How a synthetic workbook is made."""

    through: date = date(2027, 2, 13)
    footnote: str | None = "02/14/2027"
    sheet: str = "Detention FY27"
    at: tuple[int, int] = (18, 0)
    percent_as_text: bool = False
    thousands_as_text: bool = False
    hidden_column: int | None = None
    headings: Sequence[str] = ("Criminality", "ICE", "Percent ICE", "CBP", "Percent CBP", "Total")
    title: str = "ICE Currently Detained by Criminality and Arresting Agency: FY2027"
    averages: bool = True
    wrong_total: int = 0


def fiscal_year(day: date) -> int:
    return day.year + (day.month >= 10)


def daily(day: date, salt: int) -> int:
    return 900 + salt * 37 + (day.toordinal() * 7919 + salt * 104729) % 701


def averages(through: date, salt: int) -> list[float]:
    """The averages of each month so far, and of the year, of an invented daily series."""
    year = fiscal_year(through)
    days = [date(year - 1, 10, 1) + timedelta(days=n) for n in range((through - date(year - 1, 10, 1)).days + 1)]
    months = []
    for place in range(12):
        month = (place + 9) % 12 + 1
        numbers = [daily(day, salt) for day in days if day.month == month]
        months.append(round(sum(numbers) / len(numbers), 5) if numbers else 0)
    return [*months, round(sum(daily(day, salt) for day in days) / len(days), 5)]


def detention_workbook(making: Making = Making()) -> bytes:
    """The bytes of one synthetic workbook."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    book.add_worksheet("Header").write(0, 0, "ICE Detention Statistics (synthetic)")
    sheet = book.add_worksheet(making.sheet)
    sheet.write(0, 0, "U.S. Immigration and Customs Enforcement")
    year = fiscal_year(making.through)
    _held(sheet, making)
    row, column = making.at[0] + 9, making.at[1]
    if making.averages:
        sheet.write(row, column, f"ICE Average Daily Population by Arresting Agency, Month and Criminality: FY{year}")
        for place, heading in enumerate(("Agency", *MONTHS, "FY Overall")):
            sheet.write(row + 1, column + place, heading)
        labels = ["CBP Average", *HELD, "ICE Average", *HELD, "Average", *HELD]
        for salt, label in enumerate(labels):
            sheet.write(row + 2 + salt, column, label)
            for place, number in enumerate(averages(making.through, salt)):
                sheet.write(row + 2 + salt, column + 1 + place, number)
    if making.hidden_column is not None:
        sheet.set_column(making.hidden_column, making.hidden_column, None, None, {"hidden": True})
    notes = book.add_worksheet("Footnotes")
    notes.write(0, 0, "Family Unit")
    notes.write(0, 1, "As of 02/26/2021, a shelter is no longer being used as a family residential center.")
    if making.footnote:
        notes.write(1, 0, "ICE Currently Detained Population Breakdown")
        notes.write(1, 1, f"ICE National Docket data are a snapshot as of {making.footnote} (IIDS run date later).")
    book.close()
    return out.getvalue()


def _held(sheet: xlsxwriter.worksheet.Worksheet, making: Making) -> None:
    row, column = making.at
    sheet.write(row, column, making.title)
    for place, heading in enumerate(making.headings):
        sheet.write(row + 1, column + place, heading)
    sums = tuple(sum(parts[at] for parts in HELD.values()) for at in (0, 1))
    for down, (label, (ice, cbp)) in enumerate((("Total", sums), *HELD.items())):
        total = ice + cbp + (making.wrong_total if label == "Total" else 0)
        numbers = {
            "ICE": ice,
            "Percent ICE": ice / (ice + cbp),
            "CBP": cbp,
            "Percent CBP": cbp / (ice + cbp),
            "Total": total,
        }
        sheet.write(row + 2 + down, column, label)
        for place, heading in enumerate(making.headings[1:], 1):
            number = numbers[heading]
            if heading.startswith("Percent") and making.percent_as_text:
                sheet.write_string(row + 2 + down, column + place, f"{number:.1%}")
            elif making.thousands_as_text and number >= 1:
                sheet.write_string(row + 2 + down, column + place, f"{number:,}")
            else:
                sheet.write(row + 2 + down, column + place, number)
