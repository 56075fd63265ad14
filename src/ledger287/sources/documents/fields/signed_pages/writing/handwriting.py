"""A handwritten day: which of the days that are possible a strip of writing says, and how clearly.

What enters: looks at one strip, cut several ways, and the first and last day possible (from the form's own date and
from the other signature). What leaves: ``Written``: the likeliest day, by how much it leads the next, and how many
cuts it wins. RapidOCR's recognizer gives for each step of a line how likely each letter is; every way to write every
possible day is scored against these steps, so that a 2 that looks like an a still counts as a 2. The module decides
nothing: how large a lead is enough is declared in ``limits.yml``.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from typing import Any

from ledger287.core.text import MONTHS as MONTH_NAMES
from ledger287.sources.documents.fields.signed_pages.writing.passed_over import passed_over
from ledger287.sources.documents.pages import ocr

NARROW = {
    "0": "0oOQD", "1": "1lI|i", "2": "2azZ", "3": "3}", "4": "4yA", "5": "5sS$", "6": "6bG", "7": "7?T", "8": "8B&",
    "9": "9qg",
}  # fmt: skip
WIDE = {
    "0": "0oOQDCaU()", "1": "1lI|i/!", "2": "2azZ", "3": "3}", "4": "4yqY9A", "5": "5sS$", "6": "6bGoC", "7": "7?T1",
    "8": "8B&gS", "9": "9qga",
}  # fmt: skip
STROKE = "/-.1lI|—－／\\,·:;!~_“”"
"""What the recognizer, trained on print, reads in handwriting: each sign and those mistaken for it, in two groups."""
NOTHING = " ,'`·.:"
SHARE = 0.5
"""The weight of a similar sign relative to the sign itself."""
FLOOR = 2e-3
BESIDE = 0.03
"""The likelihood of a stroke next to the day: part of a signature, or the end of a ruled line."""
MONTHS = tuple(month.lower() for month in MONTH_NAMES)
SIGNS = "0123456789/" + "".join(sorted(set("".join(MONTHS))))
LONGEST = 400
"""The longest window, in days, in which a day is looked for."""


@dataclass(frozen=True, slots=True)
class Written:
    """The likeliest day. ``lead`` is the mean logarithm by which it leads the next day; ``share`` the cuts it wins."""

    day: date
    lead: float
    share: float
    second: date


@cache
def _likeness(wide: bool) -> tuple[Any, Any]:
    """The letters of the recognizer that count, and of each its sign, as a table of shares; first nothing at all."""
    import numpy as np

    reader = ocr.strip_reader()
    letters = reader[1] if reader else ()
    alike = {**(WIDE if wide else NARROW), "/": STROKE}
    table = np.zeros((len(letters), len(SIGNS) + 1), dtype=np.float32)
    of_signs = {*SIGNS, *NOTHING, *"".join(alike.values())}
    for row, letter in enumerate(letters):
        if row and letter not in of_signs and letter.casefold() not in of_signs:
            continue
        if row == 0 or (letter and letter in NOTHING):
            table[row, 0] = 1.0
        for column, sign in enumerate(SIGNS, 1):
            if letter.casefold() == sign:
                table[row, column] = 1.0
            elif letter and letter in alike.get(sign, ""):
                table[row, column] = SHARE
    kept = np.flatnonzero(table.any(axis=1))
    return kept, table[kept]


@dataclass(frozen=True, slots=True)
class Look:
    """One look at a strip: its letters as the recognizer says them, and how likely each letter is at each step.

    ``passed_over`` says that there is writing between two of them for which the recognizer has no letter.
    """

    text: str
    likely: Any
    passed_over: bool = False
    least: float = 0.0
    """How likely the least likely of its letters is."""


def look(strip: Any) -> Look | None:
    """What the recognizer sees in a strip; None where there is no recognizer or no strip."""
    reader = ocr.strip_reader()
    if reader is None or min(strip.shape) < 8:
        return None
    likely, letters = ocr.recognized(strip), reader[1]
    best = likely.argmax(axis=1)
    kept = [int(at) for step, at in enumerate(best) if at and (step == 0 or at != best[step - 1])]
    text = "".join(letters[at] for at in kept)
    return Look(text, likely, passed_over(strip, likely, letters), _least(best, likely.max(axis=1)))


def _least(best: Any, sure: Any) -> float:
    """How likely the least likely of the letters is, each at the surest of its steps."""
    found: list[float] = []
    for step, at in enumerate(best):
        if at and step and at == best[step - 1]:
            found[-1] = max(found[-1], float(sure[step]))
        elif at:
            found.append(float(sure[step]))
    return min(found, default=0.0)


MIXED = -2.0
"""What it costs to write one of month and day with a leading zero and the other without, which few do."""


def ways(day: date) -> dict[str, float]:
    """The ways to write a day, without spaces and commas, and what each costs."""
    years = (f"{day.year % 100:02}", str(day.year))
    found: dict[str, float] = {}
    for month in (str(day.month), f"{day.month:02}"):
        for number in (str(day.day), f"{day.day:02}"):
            mixed = (day.month < 10 and day.day < 10) and (len(month) != len(number))
            for year in years:
                found[f"{month}/{number}/{year}"] = MIXED if mixed else 0.0
    name = MONTHS[day.month - 1]
    for month in (name, name[:3]):
        for number, cost in ((f"{day.day:02}", MIXED), (str(day.day), 0.0)):
            found[f"{month}{number}{years[1]}"] = cost
            for year in years:
                found[f"{number}{month}{year}"] = cost / 2
    return found


@cache
def _lattice(first: date, last: date) -> tuple[tuple[date, ...], Any, Any, Any, Any]:
    """Every way to write every day of a window: days, whose way each is, its signs padded, their number, its cost."""
    import numpy as np

    days = tuple(first + timedelta(days=number) for number in range((last - first).days + 1))
    texts = [(index, way, cost) for index, day in enumerate(days) for way, cost in ways(day).items()]
    longest = max(len(way) for _, way, _ in texts)
    letters = "".join(way.ljust(longest) for _, way, _ in texts).encode("ascii")
    place = np.zeros(128, dtype=np.int32)
    place[np.frombuffer(SIGNS.encode("ascii"), dtype=np.uint8)] = np.arange(1, len(SIGNS) + 1)
    signs = place[np.frombuffer(letters, dtype=np.uint8)].reshape(len(texts), longest)
    owner, lengths = np.array([index for index, _, _ in texts]), np.array([len(way) for _, way, _ in texts])
    return days, owner, signs, lengths, np.array([cost for _, _, cost in texts], dtype=np.float32)


def _scores(likely: Any, signs: Any, lengths: Any) -> Any:
    """The best path of each way through the steps; strokes before and after it cost what ``BESIDE`` says.

    A path is at a sign, or at nothing behind a sign: two tables with a row for each place in a way.
    """
    import numpy as np

    count, longest = signs.shape
    signs = np.ascontiguousarray(signs.T)
    again = np.where(signs[1:] == signs[:-1], np.float32(-1e9), np.float32(0))
    beside = np.maximum(likely[:, 0], np.log(BESIDE))
    before = np.concatenate([[0.0], np.cumsum(beside)]).astype(np.float32)
    after = before[-1] - before
    last, columns = lengths - 1, np.arange(count)
    at_sign, behind, come, said = (np.full((longest, count), -1e9, dtype=np.float32) for _ in range(4))
    best = np.full(count, -1e9, dtype=np.float32)
    for step in range(likely.shape[0]):
        np.maximum(behind[:-1], at_sign[:-1] + again, out=come[1:])
        come[0] = before[step]
        np.maximum(behind, at_sign, out=behind)
        behind += likely[step, 0]
        np.maximum(at_sign, come, out=at_sign)
        at_sign += np.take(likely[step], signs, out=said)
        done = np.maximum(at_sign[last, columns], behind[last, columns])
        np.maximum(best, done + after[step + 1], out=best)
    return best


def read_written(looks: Sequence[Look], first: date, last: date, wide: bool) -> Written | None:
    """The day that looks at one writing say, among those of a window."""
    if not looks or last <= first:
        return None
    behind, share = ranked(looks, first, last, wide)
    (best, _), (second, lead) = behind[:2]
    return Written(best, lead, share, second)


def ranked(looks: Sequence[Look], first: date, last: date, wide: bool) -> tuple[list[tuple[date, float]], float]:
    """The days of a window, the likeliest first, each with how far it is behind; and the share of looks it wins."""
    import numpy as np

    last = min(last, first + timedelta(days=LONGEST))
    days, owner, signs, lengths, costs = _lattice(first, last)
    total = np.zeros(len(days))
    wins: Counter[int] = Counter()
    kept, table = _likeness(wide)
    for one in looks:
        likely = np.log(np.maximum(one.likely[:, kept] @ table, FLOOR))
        scores = _scores(likely, signs, lengths) + costs
        by_day = np.full(len(days), -1e9)
        np.maximum.at(by_day, owner, scores)
        wins[int(by_day.argmax())] += 1
        total += np.maximum(by_day - float(by_day.max()), -8.0)
    order = [int(at) for at in np.argsort(total)[::-1]]
    behind = [(days[at], float(total[order[0]] - total[at]) / len(looks)) for at in order]
    return behind, wins[order[0]] / len(looks)
