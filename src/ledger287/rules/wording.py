"""How answers of the rules print a day."""

from datetime import date


def told(day: date) -> str:
    """14 Aug 2025."""
    return f"{day.day} {day:%b} {day.year}"
