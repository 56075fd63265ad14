"""How answers of the rules print a day, and a value of law with its unit."""

from datetime import date


def told(day: date) -> str:
    """14 Aug 2025."""
    return f"{day.day} {day:%b} {day.year}"


def with_unit(value: str | int | float | bool, unit: str) -> str:
    """48 hours; a condition as yes or no."""
    if isinstance(value, bool):
        said = "yes" if value else "no"
        return said if unit == "condition" else f"{said} ({unit})"
    return f"{value} {unit}"
