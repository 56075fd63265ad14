"""Which model a document is of, and which version of its form: from the words of its pages.

What enters: the text of pages, by number. What leaves: two fields. The module promises to abstain where phrases of two
models occur together, or most pages are of another model than phrases say, or where the printed dates of the version
do not agree.
"""

import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from functools import lru_cache

from ledger287.core.text import plural
from ledger287.sources.documents.declaring import forms
from ledger287.sources.documents.fields.field import Field, unread
from ledger287.sources.documents.versions.page_models import models_of_pages

NEAR = 88
"""How alike, of 100, a stretch of text must be to a phrase of a form."""
NEAR_OLDER = 95
"""The same of an older form, whose openings differ from those of other papers by a word: Justice, Homeland."""
TITLE = re.compile(r"(?i)memorandum\s*of\s*agreement|constitutes\s+an\s+agreement")
OPENING, LIKE_OPENING = "memorandum of agreement (moa) constitutes an agreement between", 84
"""How agreements open, and how alike, of 100, a page must be."""
FOOTER = re.compile(r"(?i)\b(?:rev[il1t]sed|re[vy]ised|rev|approved)\s*[.:]?\s*([0-9OoIlSZB|/\\.\- ]{5,16})")


PAGE_BEHIND = re.compile(r"^\s*(\S*\d\S*)\s+\d{1,3}\W*$")
"""The date of a form with the number of the page behind it, on one line: 2/14/25 7."""


def model_of(texts: Mapping[int, str]) -> Field:
    """The model, by the phrases that only its forms have, held against the words of each page.

    Where no phrase decides, as without the first page, the words of several pages do; where most pages have those of
    another model's forms, as behind a first page of another document, it is a doubt.
    """
    said = by_phrases(texts)
    pages = models_of_pages(texts)
    ranked = Counter(pages.values()).most_common(2)
    if not ranked or said.value == ranked[0][0]:
        return said
    best, most = ranked[0]
    first = next(number for number, model in pages.items() if model == best)
    if said.value is None and most >= PAGES and len(ranked) == 1:
        return Field(best, "read", first, None, f"the words of {most} pages are only in its forms", 1.0)
    if said.value is not None and most > sum(model == said.value for model in pages.values()):
        why = f"the words of {plural(most, 'page')} are only in its forms, and {said.why} speak for {said.value}"
        return Field(best, "doubt", first, None, why.replace("of its form", "of another"), most / len(pages))
    return said


PAGES = 3
"""So many pages with the words of one model's forms only say the model where no phrase does."""


def by_phrases(texts: Mapping[int, str]) -> Field:
    """The model, by the phrases that only its forms have."""
    from rapidfuzz import fuzz

    scores: Counter[str] = Counter()
    first: dict[str, int] = {}
    for number, text in texts.items():
        plain = _plain(text)
        for model, row in forms()["models"].items():
            for phrase in row["phrases"]:
                wanted = _plain(phrase)
                if len(plain) >= len(wanted) and (
                    wanted in plain or fuzz.partial_ratio(wanted, plain, score_cutoff=NEAR) >= NEAR
                ):
                    scores[model] += 1
                    first.setdefault(model, number)
    if not scores:
        return unread("no phrase of a known form was found")
    (best, most), *others = scores.most_common(2)
    second = others[0][1] if others else 0
    if most > 2 * second:
        return Field(best, "read", first[best], None, f"{most} phrases of its form", most / (most + second))
    if most > second:
        why = f"{most} phrases of its form, {second} of another"
        return Field(best, "doubt", first[best], None, why, most / (most + second))
    return unread("phrases of two models")


def opens_poorly(text: str) -> bool:
    """Whether a page has the opening of an agreement with slips of an OCR program: Memorand1.nn of Agreement."""
    from rapidfuzz import fuzz

    return fuzz.partial_ratio(OPENING, " ".join(text.casefold().split())) >= LIKE_OPENING


def older_form_of(texts: Mapping[int, str]) -> tuple[str, int] | None:
    """The older form, of 2002 to 2009, whose opening a document has, and its page; None where it has none."""
    from rapidfuzz import fuzz

    for number, text in sorted(texts.items()):
        plain = _plain(text)
        for row in forms()["older"]:
            for phrase in row["phrases"]:
                wanted = _plain(phrase)
                if (
                    len(plain) >= len(wanted)
                    and fuzz.partial_ratio(wanted, plain, score_cutoff=NEAR_OLDER) >= NEAR_OLDER
                ):
                    return str(row["form"]), number
    return None


def version_of(texts: Mapping[int, str], model: str | None) -> Field:
    """The version, by the date that its pages print; pages must agree."""
    known = _known(model)
    votes: Counter[str] = Counter()
    pages: dict[str, int] = {}
    strange: Counter[str] = Counter()
    for number, text in texts.items():
        for printed in FOOTER.findall(text):
            value, exact = _printed(printed, known)
            if value is None and (before := PAGE_BEHIND.match(printed)):
                value, exact = _printed(before[1], known)
            if value is None:
                continue
            if value in known.values():
                votes[value] += 2 if exact else 1
                pages.setdefault(value, number)
            elif exact:
                strange[value] += 1
                pages.setdefault(value, number)
    if votes:
        (best, most), *others = votes.most_common(2)
        rest = others[0][1] if others else 0
        if most >= 3 and most > 3 * rest and strange.total() * 2 <= most:
            return Field(best, "read", pages[best], None, "printed on its pages", most / votes.total())
        if most > 2 * rest:
            why = "printed on one page, or pages differ"
            return Field(best, "doubt", pages[best], None, why, most / votes.total())
        return unread("its pages print different dates")
    if strange:
        best, most = strange.most_common(1)[0]
        why = "a date that no known form of the model has"
        if most >= 3 and len(strange) == 1:
            return Field(best, "read", pages[best], None, why)
        return unread(f"{why} ({best}) is printed on too few pages")
    return unread("no date of a form is printed on the pages that were read")


def undated_of(model: str | None, texts: Mapping[int, str]) -> str | None:
    """Which of its model's forms without a date a document has, by a word that only one of them uses all through."""
    for row in forms()["undated"]:
        if row["model"] != model:
            continue
        many = sum(len(re.findall(rf"\b{row['word']}\b", text)) for text in texts.values()) if "word" in row else 0
        if many < row.get("least", 0):
            continue
        later = any(int(year) > row.get("until", 9999) for text in texts.values() for year in YEAR.findall(text))
        return None if later else str(row["printed"])
    return None


YEAR = re.compile(r"\b20[0-4]\d\b")


def _known(model: str | None) -> dict[str, str]:
    """Every print of a version, with its misprints -> the version."""
    found = {}
    for row in forms()["versions"]:
        if model in (None, row["model"]):
            for printed in (row["printed"], *row.get("misprints", ())):
                found[printed] = row["printed"]
    return found


def _printed(text: str, known: dict[str, str]) -> tuple[str | None, bool]:
    """The date of a footer, and whether it is printed without a slip."""
    plain = re.sub(r"\s", "", text)
    exact = re.match(r"^(\d\d)/(\d\d)/(20\d\d)", plain)
    if exact:
        value = exact[0]
        return known.get(value, value if _is_day(value) else None), True
    slips = plain.translate(str.maketrans("OoIlSZB|\\", "0011528//"))
    short = re.match(r"^(\d{1,2})/(\d{1,2})/(\d\d)$", plain)
    if short:
        value = f"{int(short[1]):02}/{int(short[2]):02}/20{short[3]}"
        return known.get(value), True
    loose = re.match(r"^(\d\d)[/1.]?(\d\d)[/1.]?(20\d\d)$", slips)
    value = f"{loose[1]}/{loose[2]}/{loose[3]}" if loose else ""
    return (known.get(value), False) if value in known else (None, False)


def _is_day(value: str) -> bool:
    try:
        date(int(value[6:]), int(value[:2]), int(value[3:5]))
    except ValueError:
        return False
    return True


@lru_cache(maxsize=512)
def _plain(text: str) -> str:
    return re.sub(r"[^a-z0-9 ]", "", re.sub(r"\s+", " ", text.casefold()))


def not_after(version: Field, signed: Sequence[Field], model: str | None, seen: Callable[[Field], str]) -> Field:
    """The version of a document, unread where its date is after a signature's: no agreement is older than its form.

    A date that is printed on page after page, and that forms of the model have, is believed over a signature. ``seen``
    gives what a second reader sees of the date: one that forms have, and that fits the signatures, is a doubt.
    """
    known = _known(model)
    days = [date.fromisoformat(one.value) for one in signed if one.value and one.certainty == "read"]
    if version.value is None or not days or (version.certainty == "read" and version.value in known.values()):
        return version
    if _day_of(version.value) <= min(days):
        return version
    why = f"its page seems to print {version.value}, after the signature of {min(days)}"
    again, _ = _printed(re.sub(r"(?i)^\W*[a-z]*\W*(?=\d)", "", seen(version)), known)
    if again in known.values() and again and _day_of(again) <= min(days):
        return Field(again, "doubt", version.page, version.box, f"{why}; a second reader sees {again}")
    return unread(why, version.page)


def version_day(version: Field) -> date | None:
    """The day of a form whose date was read: month, day and year as forms print it."""
    if version.value is None or version.certainty != "read":
        return None
    return _day_of(version.value)


def _day_of(printed: str) -> date:
    month, day, year = printed.split("/")
    return date(int(year), int(month), int(day))
