"""The days of the holidays that stories tell time by.

What enters: a year and a holiday. What leaves: its day. Promise: the holidays of the United States, Easter by the
Gregorian rule.
"""

from calendar import monthrange
from datetime import date, timedelta


def holiday(year: int, name: str) -> date:
    """The day of a holiday by its usual name, as federal law or custom sets it."""
    fixed = {"new": (1, 1), "independence": (7, 4), "fourth": (7, 4), "halloween": (10, 31), "veterans": (11, 11),
             "christmas": (12, 25), "st": (3, 17), "st.": (3, 17), "valentine's": (2, 14), "valentine’s": (2, 14),
             "juneteenth": (6, 19)}  # fmt: skip
    word = name.removeprefix("the ").split()[0]
    if name.endswith("eve"):
        return date(year, 12, 31)
    if word in fixed:
        return date(year, *fixed[word])
    if word in ("easter", "good", "palm"):
        return easter(year) + timedelta({"good": -2, "palm": -7}.get(word, int(name.endswith("monday"))))
    month, weekday, number = {
        "memorial": (5, 0, -1),
        "labor": (9, 0, 1),
        "columbus": (10, 0, 2),
        "presidents": (2, 0, 3),
        "presidents'": (2, 0, 3),
        "presidents’": (2, 0, 3),
        "mlk": (1, 0, 3),
        "martin": (1, 0, 3),
        "mother's": (5, 6, 2),
        "mother’s": (5, 6, 2),
        "father's": (6, 6, 3),
        "father’s": (6, 6, 3),
    }.get(word, (11, 3, 4))
    days = [date(year, month, day) for day in range(1, monthrange(year, month)[1] + 1)]
    return [day for day in days if day.weekday() == weekday][number - (number > 0)]


def easter(year: int) -> date:
    """Easter Sunday by the Gregorian reckoning (the anonymous algorithm)."""
    golden, century, rest = year % 19, year // 100, year % 100
    epact = (19 * golden + century - century // 4 - (century - (century + 8) // 25 + 1) // 3 + 15) % 30
    weekday = (32 + 2 * (century % 4) + 2 * (rest // 4) - epact - rest % 4) % 7
    late = (golden + 11 * epact + 22 * weekday) // 451
    month, day = divmod(epact + weekday - 7 * late + 114, 31)
    return date(year, month, day + 1)
