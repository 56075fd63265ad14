"""Numbers as written -> figures: the values for which they are right.

What enters: the words or digits of a number and its hedge. What leaves: a ``Figure`` with its bounds.
Promise: the bounds come from the declared hedges and the written precision alone (declared/factcheck/hedges.yml).
"""

import math
import re
from functools import cache
from typing import Any

from ledger287.core import declared
from ledger287.core.patterns import when_needed
from ledger287.factcheck.extract.model import Figure, Rule, Span

UNITS = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
]
TENS = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
SMALL = {word: value for value, word in enumerate(UNITS)} | {word: 10 * place for place, word in enumerate(TENS, 2)}
SCALES = {
    "hundred": 100,
    "thousand": 1_000,
    "dozen": 12,
    "million": 1_000_000,
    "billion": 1_000_000_000,
    "k": 1_000,
    "m": 1_000_000,
    "bn": 10**9,
}
FRACTIONS = {
    "half": 1 / 2,
    "third": 1 / 3,
    "thirds": 1 / 3,
    "quarter": 1 / 4,
    "quarters": 1 / 4,
    "fourth": 1 / 4,
    "fifth": 1 / 5,
    "fifths": 1 / 5,
    "sixth": 1 / 6,
    "tenth": 1 / 10,
    "tenths": 1 / 10,
    "eighth": 1 / 8,
}
WORD = "|".join(sorted((*SMALL, "hundred", "dozen", "thousand", "million", "billion"), key=len, reverse=True))
DIGITS = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
NUMBER = when_needed(
    rf"(?i)(?<![\w.,/$€£-])(?:(?P<digits>{DIGITS})(?:[\s-]?(?P<scale>hundred|thousand|million|billion|bn|k|"
    rf"m)\b)?(?P<plus>\+)?(?![\d/])"
    rf"|(?P<words>(?:a |an )?(?:{WORD})(?:(?:[\s-]+|[\s-]and[\s-])(?:{WORD}))*)\b(?P<plusw>-plus)?)"
)
MONEY = when_needed(
    rf"(?i)(?:US)?[$€£]\s?(?P<digits>{DIGITS})(?:[\s-]?(?P<scale>thousand|million|billion|bn|k|m)\b)?(?P<plus>\+)?"
)


@cache
def hedges() -> dict[str, Any]:
    """The declared hedges, ranges and precision."""
    data: dict[str, Any] = declared.declared_yaml("factcheck/hedges.yml")
    return data


def words_value(text: str) -> float | None:
    """A number in words: ninety-seven, two hundred and six, a thousand."""
    total = current = 0
    words = [word for word in re.split(r"[\s-]+", text.lower()) if word not in ("and", "")]
    if words and words[0] in ("a", "an"):
        words[0] = "one"
    for word in words:
        if word in SMALL:
            value = SMALL[word]
            if (current % 100 and value >= 10) or (current % 10 and value < 10):
                return None
            current += value
        elif word in ("hundred", "dozen"):
            current = (current or 1) * SCALES[word]
        elif word in SCALES:
            total += (current or 1) * SCALES[word]
            current = 0
        else:
            return None
    return float(total + current)


def step_of(said: str, value: float) -> float:
    """Half of what the last written place stands for; 0 for a whole number meant as it is."""
    if re.search(r"(?i)\bdozen\b", said):
        return value / 12
    digits = re.search(DIGITS, said)
    scale = re.search(r"(?i)(thousand|million|billion|bn|k|m)\b", said)
    unit = SCALES[scale[1].lower()] if scale and digits else 1
    if digits and "." in digits[0]:
        return 0.5 * unit * 10.0 ** -len(digits[0].split(".")[1])
    if not value or value != int(value):
        return 0.0
    zeros = len(str(int(value))) - len(str(int(value)).rstrip("0"))
    if zeros < hedges()["precision"]["trailing_zeros"]:
        return 0.0
    return 0.5 * 10.0 ** (zeros - 1)


TEN = 10
"""The total of which a part is rounded to ten percent: four of every ten."""
PRECISE = when_needed(r"(?i)\b(?:exactly|precisely)\b")
"""Words by which a round number is meant as written."""


def is_to_ten(value: float, said: str) -> bool:
    """Whether a percentage is so large, and ends in a zero, that it may be rounded to ten: 1,050 percent."""
    return value >= hedges()["precision"]["percent_to_ten_from"] and value % 10 == 0 and not PRECISE.search(said)


def figure(value: float, rule: Rule, said: str, span: Span, *, percent: bool = False) -> Figure:
    """The figure with its bounds."""
    step = 0.0 if PRECISE.search(said) else step_of(said, value)
    if percent:
        places = len(said.split(".")[1].split("%", maxsplit=1)[0].strip()) if re.search(r"\d\.\d", said) else 0
        step = 0.5 * 10.0**-places
        if is_to_ten(value, said):
            step = 5.0
    low, high = value - step, value + step
    if percent and not is_to_ten(value, said):
        high = value + 2 * step - 1e-9
    share = hedges()
    if rule == "about":
        slack = max(share["about"]["share"] * value, step, 2.5 if percent else 0)
        low, high = value - slack, value + slack
    elif rule == "under":
        low, high = value * (1 - share["under"]["share"]), value
        low = min(low, value - (POINTS if percent else 1)) if value > 5 or percent else low
    elif rule == "justover":
        low, high = math.nextafter(value, math.inf), value * (1 + share["justover"]["share"])
        high = max(high, value + POINTS) if percent else high
    elif rule == "over":
        low, high = math.nextafter(value, math.inf), math.inf
    elif rule == "upto":
        low, high = value * (1 - share["upto"]["share"]), value
    elif rule == "least":
        low, high = value, math.inf
    elif rule == "most":
        low, high = 0.0, value
    elif rule == "below":
        low, high = 0.0, math.nextafter(value, 0)
    return Figure(value, low, high, rule, span, said.strip())


POINTS = 0.5
"""Percentage points that "a little more than 1%" leaves in any case."""


def multiple(value: float, rule: Rule, said: str, span: Span) -> Figure:
    """ "Doubled" and its like, as a ratio of the later value to the earlier."""
    limits = hedges()["multiple"]
    low, high = value * (1 - limits["below"]), value * (1 + limits["above"])
    if rule in ("over", "least"):
        low, high = math.nextafter(value, math.inf) if rule == "over" else value, math.inf
    elif rule == "justover":
        low, high = math.nextafter(value, math.inf), value * 1.1
    elif rule == "under":
        low, high = value * 0.9, value
    elif rule == "about":
        low, high = value * 0.88, value * 1.12
    return Figure(value, low, high, rule, span, said.strip())


def fraction(value: float, rule: Rule, said: str, span: Span, *, of_ten: bool = False) -> Figure:
    """ "One in five" and "a third", as a percentage; ``of_ten``: four in ten, which is rounded to ten percent."""
    rough = of_ten and not PRECISE.search(said)
    bounds, percent = hedges()["share"], 100 * value
    points = min(bounds["tenths_points" if rough else "about_points"], bounds["most_of_it"] * percent)
    low, high = percent - points, percent + points
    if rule == "over":
        low, high = math.nextafter(percent, math.inf), 100.0
    elif rule == "justover":
        low, high = math.nextafter(percent, math.inf), percent + 5
    elif rule == "least":
        low, high = percent - 0.5, 100.0
    elif rule == "under":
        low, high = percent - min(5, 2 * bounds["most_of_it"] * percent), percent
    elif rule in ("below", "most"):
        low, high = 0.0, percent
    elif rule == "exact" and not rough:
        low, high = percent - points / 2, percent + points / 2
    return Figure(percent, low, high, rule, span, said.strip())
