"""Which agency a document names, and its state.

What enters: the lines of pages, by number: with positions where there are any. What leaves: two fields, as the
document names them, without the state in the agency's name. The name is looked for in three places: the sentence of
the parties, the line repeated at the foot of the pages, and the signature block. The module promises that ``read``
needs two of them, or one that is printed clearly.
"""

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from ledger287.core import declared
from ledger287.sources.documents.declaring import forms
from ledger287.sources.documents.fields.field import Field, unread
from ledger287.sources.documents.pages.page import ReadPage, lines

SAME = 84
"""How alike, of 100, two prints of one name must be."""
PARTIES = (
    re.compile(
        r"(?i)homeland\s+(.{0,90}?)\s*s\w{1,2}[um]\w{0,2}ty\s*\(?.{2,7}\)?[\s.,]*and\s*(?:the)?(.{0,160}?)"
        r"(?:[,.]?\s*pu\w{2,4}ant\s+to|,?\s*,?\s*her\w*after\s+the)"
    ),
    re.compile(r"(?i)\band\s+the\s+(.{4,80}?)\s*\(.{2,7}\)?[\s,.]*pu\w{2,4}ant\s+to\s+which\s+IC"),
    re.compile(r"(?i)(?:employees|personnel)\s+of\s*(?:the)?\s*(.{4,110}?)[\s,]*\(?\s*hereinafter"),
    re.compile(r"(?i)the\s+lea\s+represents\s+(?:the\s+)?(.{4,110}?)\s+in\s+the\s+implementation"),
)
NOT_NAMES = re.compile(
    r"(?i)\b(immigration|customs|homeland|revised|approved|memorandum|agreement|this moa|participating|signature|date:|"
    r"field office|office of (?:the )?(?:principal|inspector|general counsel|civil|professional|public affairs)|"
    r"pursuant|points? of contact|law enforcement agency|complaint|federal|title:|name:|attn)(?:\b|(?<=:))"
)


APPENDED = (
    ("the complaint procedure", re.compile(r"(?i)\bagreement\s+between\s+ICE\s+and\s+(.{4,80}?)[\s,]*herein\w*after")),
    ("the points of contact", re.compile(r"(?i)\bfor\s+the\s+(?:LEA|agency)\W{1,3}([A-Z].{4,90}?)[\s,]+\d{2,5}\b")),
)
BODY = re.compile(r"(?i)\b(?:sheriff\W{0,2}s?|office|department|dept|police|center|authority|commissioners)$")
"""How the name of a body ends, other than in an office that a person holds."""
HEAD = re.compile(r"(?i)\bfor\s+the\s+(?:LEA|agency)\W{1,3}([A-Z][^:]{4,60}?)\W+for\s*(?:the\s+)?[DO]HS\b")
"""The point of contact of an older form, which is an office: Douglas County Undersheriff."""
RUNNING = re.compile(
    r"(?<![\w'])((?:[A-Z][\w.&'-]*\s){1,4}(?:Sheriff'?s?'?\s(?:Office|Department)|Police\s(?:Department|Dept)))"
)
"""A name in the running text, where forms have the agency's name for "the LEA"."""
OFTEN = 3
"""On so many pages the running text must have a name that is the agency's."""
BLANK_IN_SENTENCE = re.compile(r"(?m)^\s*((?:[A-Z][\w.&'-]*\s|of\s|the\s){1,8})\(([A-Z]{2,7})\)")
"""A name with its short form on a line of its own: what was typed over the sentence of the parties."""
RANKED = re.compile(r"(?i)^.*\b(?:chief\s+of\s+police|police\s+chief)\b[\s,/]*(?=[A-Z])")
"""A person with office before the agency's name: Chief of Police, and the agency."""
BODY = re.compile(
    r"(?i)\b(sheriff|police|pd|marshal|constable|safety|correction|bureau|commission|guard|patrol|jail|prison|agency|"
    r"authority|investigation|enforcement|university|college|board|division|troopers?|department)"
)
"""A word that says what body it is: a name without one that reads clearly is not sure by one place alone."""
RANKS = (
    "assistant|major|captain|capt|lieutenant|lt|sergeant|sgt|deputy|director|commander|colonel|warden|manager|attn|"
    "special"
)
PERSON = re.compile(rf"(?i)^(?:sheriff|chief|public|{RANKS})\b|\b[A-Z]\.\s|@")
RANK = re.compile(rf"(?i)[\s,]+(?:chief\b(?!\s+of)|(?:{RANKS})\b).*$")
"""The beginning of a person's name with rank, which may come before the agency's."""


@dataclass(frozen=True, slots=True)
class FoundName:
    """A name that was found: where, and how it is printed."""

    name: str
    where: str
    page: int
    blank: int = 0
    """Which blank of the sentence of the parties it fills."""
    short: str = ""
    """The short form that is printed behind it."""


def agency_of(texts: Mapping[int, str], pages: Mapping[int, ReadPage]) -> tuple[Field, Field]:
    """The agency as the document names it, and its state."""
    found = [
        *_footers(texts, pages), *_parties(texts, pages), *_signed(pages), *_appended(texts), *_running(texts),
        *_typed_over(texts),
    ]  # fmt: skip
    groups: list[list[FoundName]] = []
    for one in found:
        group = next((group for group in groups if _same(group[0].name, one.name)), None)
        if group is None:
            groups.append([one])
        else:
            group.append(one)
    if not groups:
        return unread("no name was found where forms print it"), _state(None, texts)
    groups.sort(key=lambda group: (len({one.where for one in group}), len(group)), reverse=True)
    best = groups[0]
    name, state = _without_state(_clearest(best))
    places = sorted({one.where for one in best})
    rivals = [group for group in groups[1:] if len({one.where for one in group}) >= len(places) and len(places) > 1]
    sure = (len(places) > 1 or (len(best) > 2 and _shaped(name))) and not rivals
    why = f"printed in {', '.join(places)}"
    if not sure and not rivals and (short := next((one.short for one in best if one.short), None)):
        sure = short == _initials(name)
        why += f", with its short form {short}" if sure else ""
    if not sure and not rivals and _in_two_blanks(best) and BODY.search(name):
        sure, why = True, f"printed in {best[0].where}, twice and alike"
    if not sure and not rivals and BODY.search(name) and _shaped(name) and not re.search(r"[^A-Za-z .,'&\-]", name):
        again = _printed_on(name, texts)
        sure = len(again - {best[0].page}) >= AGAIN
        why += f", and letter by letter on {len(again)} pages" if sure else ""
    field = Field(name, "read" if sure else "doubt", best[0].page, None, why, len(best) / len(found))
    if not state:
        state = _state_within(name)
    if not state:
        state = next((found_state for one in found if (found_state := _without_state(one.name)[1])), None)
    return field, _state((state, best[0].page) if state else None, texts)


AGAIN = 1
"""On so many more pages a name must be printed letter by letter to be confirmed."""
OFFICE = re.compile(r"(?i)\bsh\w{0,2}r\w{0,3}[fti]{1,2}\W?[rt]?\W{0,2}s?\b\W*(?=o)")
"""The word Sheriff's before Office, as readers of pictures have it."""


def _printed_on(name: str, texts: Mapping[int, str]) -> set[int]:
    """The pages whose text prints a name, letter by letter; of a sheriff's office, the sheriff of that name counts."""
    wanted = re.sub(r"sheriffsoffice$", "sheriff", _letters(name))
    return {number for number, text in texts.items() if wanted in _letters(text)}


def _letters(text: str) -> str:
    plain = re.sub(r"\bP\.?D\b\.?|\bDept\b\.?", _in_full, OFFICE.sub("sheriffs ", text))
    return re.sub(r"[^a-z]", "", plain.casefold().replace("sherriff", "sheriff"))


def _initials(name: str) -> str:
    words = (word for word in re.findall(r"[A-Za-z]+", name) if word.casefold() not in ("of", "the", "and", "s"))
    return "".join(word[0].upper() for word in words)


def _in_full(short: re.Match[str]) -> str:
    return "Department" if short[0].startswith("D") else "Police Department"


def _in_two_blanks(group: list[FoundName]) -> bool:
    """Whether two blanks of the sentence of the parties were filled with one name, letter by letter."""
    blanks: dict[str, set[int]] = {}
    for one in group:
        if one.where == "the sentence of the parties":
            blanks.setdefault(_letters(one.name), set()).add(one.blank)
    return any(len(filled) > 1 for filled in blanks.values())


def _footers(texts: Mapping[int, str], pages: Mapping[int, ReadPage]) -> list[FoundName]:
    """Lines that are printed on most of the pages: the name of the agency, which forms repeat."""
    counted: Counter[str] = Counter()
    first: dict[str, int] = {}
    looked = {**texts, **{number: page.text for number, page in pages.items()}}
    for number, text in looked.items():
        for line in {_tidy(line) for line in text.splitlines() if 6 < len(line.strip()) < 90}:
            if _shaped(line) and not NOT_NAMES.search(line) and len(line.split()) <= 12:
                counted[line] += 1
                first.setdefault(line, number)
    joined: dict[str, int] = {}
    for line in counted:
        joined[line] = sum(other for near, other in counted.items() if _same(line, near))
    least = max(2, len(looked) // 3)
    kept = [line for line in counted if joined[line] >= least]
    return [FoundName(line, "foot of the pages", first[line]) for line in kept for _ in range(counted[line])]


def _parties(texts: Mapping[int, str], pages: Mapping[int, ReadPage]) -> list[FoundName]:
    found = []
    for number, text in list(texts.items())[:6]:
        whole = pages[number].text if number in pages else text
        for variant in dict.fromkeys((whole, text)):
            if "memorandum" not in variant.casefold():
                continue
            plain = re.sub(r"[_\s]+", " ", variant)
            for at, pattern in enumerate(PARTIES):
                for match in pattern.finditer(plain):
                    for group in match.groups():
                        name = _tidy(re.sub(r"(?i)^\s*(and|the)\b", "", group or ""))
                        if _shaped(name) and not NOT_NAMES.search(name) and len(name.split()) <= 14:
                            found.append(FoundName(name, "the sentence of the parties", number, max(at, 1)))
    return found


def _appended(texts: Mapping[int, str]) -> list[FoundName]:
    """The agency in the appendices: of the complaint procedure, and before its own postal address."""
    found = []
    for number, text in texts.items():
        plain = re.sub(r"[_\s]+", " ", text)
        for where, pattern in APPENDED:
            for match in pattern.finditer(plain):
                name = RANKED.sub("", _tidy(re.sub(r"(?i)^\s*the\b", "", match[1])))
                name = RANK.split(name)[0]
                if _shaped(name) and not NOT_NAMES.search(name) and not PERSON.search(name):
                    found.append(FoundName(name, where, number))
        for match in HEAD.finditer(plain):
            name = _of_head(_tidy(match[1]))
            if _shaped(name) and not NOT_NAMES.search(name) and not PERSON.search(name):
                found.append(FoundName(name, "the points of contact", number))
    return found


def _of_head(name: str) -> str:
    """The agency of a point of contact: of ``Example County, Sheriff`` the sheriff's office; a body keeps its name."""
    before = re.sub(r"(?i)\W*\b(?:under|chief deputy )?sheriff$", "", name)
    return name if before == name else before if BODY.search(before) else f"{before} Sheriff's Office"


def _running(texts: Mapping[int, str]) -> list[FoundName]:
    """The name that the running text has on many pages, once a page."""
    on: dict[str, set[int]] = {}
    for number, text in texts.items():
        for match in RUNNING.finditer(re.sub(r"\s+", " ", text.replace("’", "'"))):
            name = _tidy(re.sub(r"^(?:The|And|Of)\s", "", match[1]))
            if _shaped(name) and not NOT_NAMES.search(name) and not PERSON.search(name):
                on.setdefault(name, set()).add(number)
    counted = Counter({name: len(numbers) for name, numbers in on.items()})
    if not counted or (best := counted.most_common(1)[0])[1] < OFTEN:
        return []
    return [FoundName(best[0], "the running text", number) for number in sorted(on[best[0]])]


def _typed_over(texts: Mapping[int, str]) -> list[FoundName]:
    """A name with its short form, typed over the blanks of the first page."""
    number = min(texts, default=0)
    return [
        FoundName(name, "the blanks of the first page", number, short=match[2])
        for match in BLANK_IN_SENTENCE.finditer(texts.get(number, ""))
        if _shaped(name := _tidy(match[1])) and not NOT_NAMES.search(name)
    ][:1]


def _signed(pages: Mapping[int, ReadPage]) -> list[FoundName]:
    """The agency of a signature block, next to its label or under the signer's office."""
    found = []
    for number, page in pages.items():
        if "signing this" not in page.text.casefold():
            continue
        for half in (0, 1):
            words = tuple(w for w in page.words if (w.box[0] > 0.42 * page.width) == bool(half))
            for line in lines(words):
                text = _tidy(re.sub(r"(?i)^\W*a?gency\W*", "", line.text))
                if _shaped(text) and not NOT_NAMES.search(text) and len(text.split()) <= 9:
                    found.append(FoundName(text, "the signature block", number))
    return found


@cache
def _names() -> frozenset[str]:
    return frozenset(forms()["agency_words"])


def _shaped(name: str) -> bool:
    """Whether a text is built as the name of an agency: capitals, and a word of offices."""
    words = re.findall(r"[A-Za-z'’]{2,}", name)
    if not 2 <= len(words) <= 14:
        return False
    known = [word for word in words if word.casefold().replace("’", "'").removesuffix("'s") in _names()]
    capitals = sum(word[0].isupper() for word in words if word.casefold() not in ("of", "the", "and", "on", "behalf"))
    small = sum(1 for word in words if word.casefold() not in ("of", "the", "and", "on", "behalf", "for"))
    if re.fullmatch(r"(?i)state of( \w+){0,2}|county of|city of", name.strip()):
        return False
    return bool(known) and capitals >= 0.6 * small


def _tidy(text: str) -> str:
    """A name without the marks that OCR adds, and with its apostrophes restored."""
    plain = re.sub(r"[_|~•*\"“”]+", " ", text).replace("’", "'").replace("`", "'")
    plain = re.sub(r"^\s*the\s+(?=[A-Z])", "", plain)
    plain = re.sub(r"(?i)\bsher\w{1,3}[ft]{1,2}'?[rt]?s?\b(?=\s+(office|dep))", "Sheriff's", plain)
    plain = re.sub(r"(?i)\bsheri\s?f[frt]?'?\s?s?['.]?\s?(?=office\b)", "Sheriff's ", plain)
    plain = re.sub(r"(?i)\s*\b(?:rev(?:[il]s\w{0,2})?|approved)\b\.?:?\s*[\dOlI/\\ ]*$", "", " ".join(plain.split()))
    plain = re.sub(r"\s+[\d/]{1,10}$|^\d{1,2}\s+", "", plain)
    plain = re.sub(r"\bP\.\s?[DO0]\.?$", "PD", plain)
    plain = re.sub(r"\s*[({\[]\W{0,2}(?!of)[A-Za-z$]{3,9}\W{0,2}[)}\]]\s*", " ", plain)
    plain = re.sub(r"\b([B-Z]) (?=[a-z]{2})", r"\1", plain)
    return re.sub(r"\s+([,.;])", r"\1", plain).strip(" ,.;:-'")


def _clearest(group: list[FoundName]) -> str:
    """The print of a name that most others are like; where two are, the one that is met more often."""
    from rapidfuzz import fuzz

    counted = Counter(one.name for one in group)
    return max(
        counted,
        key=lambda name: (
            not re.search(r"[^A-Za-z0-9 .,'&()/\-]|\\", name),
            sum(fuzz.ratio(name, other) * many for other, many in counted.items()),
            len(name),
        ),
    )


def _same(one: str, other: str) -> bool:
    from rapidfuzz import fuzz

    left, right = (_without_state(name)[0].casefold() for name in (one, other))
    return bool(
        fuzz.ratio(left, right) >= SAME or (min(len(left), len(right)) > 12 and fuzz.partial_ratio(left, right) >= 96)
    )


@cache
def _states() -> dict[str, str]:
    """Every way to print a state -> its code."""
    codes = (*declared.states(), *declared.territories())
    return {**{row.name.casefold(): row.code for row in codes}, **{row.code.casefold(): row.code for row in codes}}


def _without_state(name: str) -> tuple[str, str | None]:
    """A name without the state at its end, and the state's code: (FL), , Alabama, - OK."""
    match = re.match(r"^(.*?)[\s,\-–(]+([A-Za-z][A-Za-z. ]{1,22}?)\)?\.?$", name)
    for _ in range(3):
        if not match:
            break
        tail = match[2].replace(".", "").strip()
        code = _states().get(tail.casefold())
        if code and (len(tail) > 2 or tail.isupper()) and len(match[1].split()) >= 2:
            return match[1].strip(" ,-–("), code
        match = re.match(r"^(.*)[\s,\-–(]+([A-Za-z]+)\)?\.?$", name)
    return name, None


def _state_within(name: str) -> str | None:
    """The state that a name holds: DeLand, FL Police Department; Iowa Department of Public Safety."""
    codes = {
        _states()[code.casefold()] for code in re.findall(r",\s?([A-Z]{2})\b", name) if code.casefold() in _states()
    }
    plain = name.casefold()
    long = sorted((full for full in _states() if len(full) > 2 and re.search(rf"\b{full}\b", plain)), key=len)
    if long and not re.search(rf"\b{long[-1]}\s+(?:county|city|parish)\b", plain):
        codes.add(_states()[long[-1]])
    return codes.pop() if len(codes) == 1 else None


FEDERAL = re.compile(
    r"(?i)(?:principal\s+legal\s+adv\w+|chief\s+counsel|professional\s+responsibility|joint\s+intake|homeland\s+"
    r"security|customs\s+enforcement|field\s+office)\W(?:(?!for\s+the\s+lea|sheriff|police).){0,160}?\b\d{5}\b"
)
"""The postal address of an office of ICE, from the office's name to its ZIP code: it says nothing of the agency."""


def _state(printed: tuple[str, int] | None, texts: Mapping[int, str]) -> Field:
    """The state: printed with the name, or else that of the postal addresses in the document, where they agree."""
    if printed:
        return Field(printed[0], "read", printed[1], None, "printed with the agency's name")
    everywhere, own = Counter[str](), Counter[str]()
    first: dict[str, int] = {}
    for number, text in texts.items():
        plain = re.sub(r"\s+", " ", text)
        for code in _printed_states(plain):
            everywhere[code] += 1
            first.setdefault(code, number)
        own.update(_printed_states(FEDERAL.sub(" ", plain)))
    if not everywhere:
        return unread("no state is printed with the agency's name or in a postal address")
    (best, most), *others = (own or everywhere).most_common(2)
    if others and others[0][1] * 2 > most:
        return unread("postal addresses of several states")
    sure = bool(own) and not others and (most > 1 or len(everywhere) == 1 < everywhere[best])
    why = "printed in its postal addresses" if own else "printed only in postal addresses of ICE's offices"
    return Field(best, "read" if sure else "doubt", first[best], None, why)


def _printed_states(plain: str) -> list[str]:
    """The states of postal addresses, and those named as such, in a text without line ends."""
    full = "|".join(re.escape(name) for name in _states() if len(name) > 2)
    found = [code for code in re.findall(r",\s?([A-Z]{2})\.?,?\s\d{5}\b", plain) if code.casefold() in _states()]
    for pattern in (rf"(?i),\s({full}),?\s\d{{5}}\b", rf"(?i)\bstate of ({full})\b"):
        found += [_states()[name.casefold()] for name in re.findall(pattern, plain)]
    return [code for code in found if code != "DC"]
