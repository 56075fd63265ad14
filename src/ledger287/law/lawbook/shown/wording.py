"""How answers of the rules print a day, and a value of law with its unit."""

from datetime import date

from ledger287.core.text import format_date


def brief(day: date) -> str:
    """Aug 14, 2025."""
    return format_date(day, short=True)


def with_unit(value: str | int | float | bool, unit: str) -> str:
    """48 hours; a condition as yes or no."""
    if isinstance(value, bool):
        said = "yes" if value else "no"
        return said if unit == "condition" else f"{said} ({unit})"
    return f"{value} {unit}" if not isinstance(value, str) or value[:1].isdigit() else f"{value} ({unit})"
