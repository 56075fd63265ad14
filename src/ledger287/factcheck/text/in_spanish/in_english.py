"""A Spanish paragraph -> its stretches, each with its English in the closed vocabulary.

What enters: a paragraph, and how its text separates thousands. What leaves: its stretches in order and without a gap.
Promise: a Spanish word that is not declared (declared/factcheck/es/words.yml) stays as it is, and so is an unread
word; "1.234" is doubtful unless the text shows how it separates.
"""

import re
from functools import cache

from ledger287.core.patterns import when_needed
from ledger287.factcheck.text.in_spanish.clauses import reordered
from ledger287.factcheck.text.in_spanish.happenings import happenings_in
from ledger287.factcheck.text.in_spanish.narrating import narrating_in
from ledger287.factcheck.text.in_spanish.order import settled_in, turns_in
from ledger287.factcheck.text.in_spanish.phrases import number, open_words, phrase_at
from ledger287.factcheck.text.in_spanish.shapes import HAVING, shapes_in
from ledger287.factcheck.text.in_spanish.times import SMALL, in_words, times_in, value_of
from ledger287.factcheck.text.in_spanish.words.names import names_in, spanish_words

DOTTED = when_needed(r"(?<![\w.,])\d{1,3}(?:\.\d{3})+(?![\w.,]*\d)")
COMMA = when_needed(r"(?<![\w.,])\d+,\d{1,2}(?= ?(?:%|por ciento))")
SHARE = when_needed(r"(?i)(?P<article>\b(?:el|un) )?(?P<value>\d[\d.,]*) ?%")
MILLION = when_needed(r"(?i)\b(\d+|un|dos|tres|cuatro|cinco) mill(?:ón|ones) y medio\b")
NEAR = r"(?:(?:unos|unas|casi|apenas|solo|sólo|solamente|únicamente|tan solo|más de|menos de|cerca de) )?"
WENT = when_needed(
    r"(?i)\b(?P<verb>(?:aument|baj|pas|salt|increment)(?:ó|aron)|(?:sub|crec)(?:ió|ieron)|cay(?:ó|eron)|"
    r"disminuy(?:ó|eron)|"
    r"(?:ha|han|había|habían) (?:aumentado|bajado|pasado|saltado|subido|crecido|caído|disminuido))"
    r"(?: (?:en|esta|este|desde|durante) [^,.;:\d]{3,35}?)? (?P<of>de) "
    rf"(?:{HAVING} )?{NEAR}(?=\w)"
)
TO_WHAT = when_needed(rf"(?i)\ba (?:{HAVING} )?{NEAR}(?=\w)")
PASSED = when_needed(r"(?i)(?:\w+ )?pas(?:ó|aron|ado)$")
"""«pasó de 8 … a 2»: which way it went, its two numbers say."""
DOLLARS = when_needed(r"(?i)(?<![\w.,])(?P<value>\d[\d.,]*) dólares\b")
IN_THOUSANDS = when_needed(r"(?i)(?<![\w.,])(?:(?P<count>\d{1,3}) )?mil(?: (?P<rest>\d{1,3}))?(?![\w.,]*\d)(?! mill)\b")
"""1 mil 651 and mil 651, as Mexican newspapers write 1,651."""
UP_TO = when_needed(r"(?i)\bhasta(?= \d[\d.,]* (?!de\b)[a-záéíóúñ])")
RISING = r"(?:(?:aument|sub|crec|baj|ca[eíy]|disminu|salt|increment)\w+|pas(?:ó|aron|ado|ar|ando))"
FROM_TO = when_needed(r"(?i)\bde(?= \d[\d.,]* a (?:más de |casi |unos |unas )?\d)|(?<=\w )\bde(?= (?:más de )?\d)")
ROSE = when_needed(rf"(?i)\b{RISING} $")
OTHERS = when_needed(
    r"(?i)\botr[oa]s(?= (?:\d|(?:dos|tres|cuatro|cinco|seis|siete|ocho|nueve|diez|once|doce|trece|catorce|quince|"
    r"veinte|treinta)\b))"
)
"""Otras 52 agencias: another 52."""
SCORED = when_needed(r"(?<=\d )contra(?= \d)")
"""380 contra 346: to."""
DOUBTFUL = "doubtful"
"""Put before a number whose separator is not settled; no reading uses it."""


def separator_of(text: str) -> str | None:
    """How a text writes thousands, where it shows it: by a point (1.234.567; with 12,5) or a comma (1,234)."""
    if set(re.findall(r"\w+", text)) & set(spanish_words()["outlets_by_points"]):
        return "."
    if (
        COMMA.search(text)
        or len(THOUSANDS.findall(text)) > 1
        or re.search(r"\d{1,3}(?:\.\d{3}){2,}", text)
        or _counts_by_points(text)
    ):
        return "."
    return "," if re.search(r"\d,\d{3}\b", text) else None


THOUSANDS = when_needed(r"(?<![\w.,])\d{1,3}\.\d{3}(?![\w.,]*\d)(?! mill)")
"""Two of them in a text are of thousands: no newspaper writes two figures with three decimals."""
WORDS_BETWEEN = 3
"""A number may be so many words before what it counts: 1.504 nuevos acuerdos; 1.035 de los acuerdos."""


def _counts_by_points(text: str) -> bool:
    """Whether a number with a point counts things that no decimals are of: 1.504 acuerdos are one thousand and more."""
    counted = frozenset(spanish_words()["counted"])
    for found in DOTTED.finditer(text):
        words = re.findall(r"[^\W\d_]+|[^\w\s]", text[found.end() : found.end() + 60].lower())[: WORDS_BETWEEN + 1]
        end = next((at for at, word in enumerate(words) if not word.isalpha() or word in SCALED), len(words))
        if counted & set(words[:end]) or _is_counted(text[: found.start()], counted):
            return True
    return False


def _is_counted(before: str, counted: frozenset[str]) -> bool:
    """Whether what rose to a number is how many there are: el número de acuerdos pasó de 135 a 1.579."""
    sentence = re.split(r"[.;:?!] ", before)[-1].lower()
    found = NUMBER_OF.search(sentence)
    many = MANY_FROM.search(re.split(r"[.;?!] ", before)[-1].lower())
    return any(one is not None and one["what"] in counted for one in (found, many))


MANY_FROM = when_needed(
    r"\b(?:los|las) (?P<what>\w+)(?: 287\(g\))?,? (?:ya )?(?:se )?(?:(?:ha|han) )?"
    r"(?:multiplic|crec|pas|sub|aument|increment)\w+\b[^.;]{0,40}?\bde \d+ a(?: casi| unos| más de)? $"
)
NUMBER_OF = when_needed(
    r"\b(?:(?:número|cantidad|cifra|total) de|(?:de|desde) (?:los |las )?(?!20\d\d\b)\d[\d.,]*) (?:los |las "
    r")?(?P<what>\w+)\b.{0,60}?"
    r"\b(?:a|hasta|en)(?: los| las| unos| casi)? $"
)
SCALED = ("millones", "mil", "veces", "por", "y", "a", "en", "con", "que")
"""Words behind a number that begin something else, or make it a decimal one: 1.234 millones."""


def pieces_of(text: str, separator: str | None) -> list[tuple[int, int, str]]:
    """The stretches of a paragraph with their English, in order and without a gap."""
    fixed = _fixed(text, separator)
    turns = {start: (end, english) for start, end, english in turns_in(text)}
    found: list[tuple[int, int, str]] = []
    at = 0
    for start, end, english in [*fixed, (len(text), len(text), "")]:
        if start < at:
            continue
        found += _worded(text, at, start, turns)
        if end > start:
            found.append((start, end, _opened(text, start, english)))
        at = max(at, end)
    return _with_articles(reordered(text, found))


VOWELS = ("a", "e", "i", "o", "A", "E", "I", "O", "8")


def _with_articles(pieces: list[tuple[int, int, str]]) -> list[tuple[int, int, str]]:
    """The pieces with "an" for "a" where a vowel follows: an agreement."""
    for at in range(len(pieces) - 2):
        start, end, english = pieces[at]
        if english in ("a", "A") and pieces[at + 1][2] == " " and pieces[at + 2][2].startswith(VOWELS):
            pieces[at] = (start, end, english + "n")
    return pieces


def _opened(text: str, at: int, english: str) -> str:
    """The English of a stretch with a capital where it opens a sentence."""
    if text[at].isupper() and (at == 0 or text[max(at - 2, 0) : at] in (". ", "? ", "- ", "— ")):
        return english[:1].upper() + english[1:]
    return english


def _fixed(text: str, separator: str | None) -> list[tuple[int, int, str]]:
    """Dates and numbers, before any word is looked at."""
    found = times_in(text)
    found += _went(text)
    for match in SHARE.finditer(text):
        if match["article"] or match[0].endswith(" %"):
            value = match["value"].replace(",", ".") if COMMA.search(match[0]) else match["value"]
            found.append((*match.span(), f"{value}%"))
    for match in MILLION.finditer(text):
        value = spanish_words()["numbers"].get(match[1].lower()) or match[1]
        found.append((*match.span(), f"{value}.5 million"))
    for match in DOLLARS.finditer(text):
        found.append((*match.span(), f"${value_of(match['value']) or 0:,.0f}"))
    for match in DOTTED.finditer(text):
        english = match[0].replace(".", ",")
        found.append((*match.span(), english if separator == "." else f"{DOUBTFUL} {english}"))
    found += [(*match.span(), match[0].replace(",", ".")) for match in COMMA.finditer(text)]
    found += [
        (*match.span(), f"{1000 * int(match['count'] or 1) + int(match['rest'] or 0):,}")
        for match in IN_THOUSANDS.finditer(text)
        if match["count"] or match["rest"]
    ]
    found += [
        (*match.span(), "from")
        for match in FROM_TO.finditer(text)
        if re.match(r" \d[\d.,]* a ", text[match.end() :]) or ROSE.search(text[: match.start()])
    ]
    found += happenings_in(text)
    found += narrating_in(text)
    found += names_in(text)
    found += settled_in(text)
    found += shapes_in(text)
    found += [(*match.span(), "Another" if match[0][0] == "O" else "another") for match in OTHERS.finditer(text)]
    found += [(*match.span(), "to") for match in SCORED.finditer(text)]
    found += [
        (*match.span(), "more than the" if match["more"].lower() == "más" else "fewer than the")
        for match in THAN_THOSE.finditer(text)
    ]
    found += [
        (*match.span(), "more than" if match["more"].lower() == "más" else "fewer than")
        for match in THAN_THEN.finditer(text)
        if set(re.findall(r"\w+", match["when"].lower())) & _times()
    ]
    found += [(*match.span(), "Up to" if match[0][0].isupper() else "up to") for match in UP_TO.finditer(text)]
    return sorted(found, key=lambda row: (row[0], -row[1]))


THAN_THEN = when_needed(
    r"(?i)\b(?P<more>más|menos) que(?= (?P<when>(?:en|el|a|al|hace|durante|los|las)\b[^,.;:]{1,40}))"
)
"""Of a day before: 93 más que el 14 de agosto."""


THAN_THOSE = when_needed(r"(?i)(?<=, )(?P<more>más|menos) que (?:los|las)(?= \d)")
"""Más que las 282 de Florida."""


@cache
def _times() -> frozenset[str]:
    """Words by which a time is named."""
    return frozenset((*spanish_words()["months"], "año", "años", "mes", "meses", "semana", "semanas"))


def _went(text: str) -> list[tuple[int, int, str]]:
    """«bajó de ocho … a dos»: "from" before the first number; and «pasó» as a rise or a fall, by its numbers."""
    found = [(*match.span(), "from") for match in FROM_BEFORE.finditer(text)]
    for match in WENT.finditer(text):
        first = _value_at(text, match.end())
        if first is None:
            continue
        found.append((*match.span("of"), "from"))
        clause = re.split(r"[;:]|\.(?!\d)", text[match.end() :])[0]
        ends = (_value_at(clause, one.end()) for one in TO_WHAT.finditer(clause))
        second = next((one for one in ends if one is not None), None)
        if second is not None and PASSED.match(match["verb"]):
            found.append((*match.span("verb"), "fell" if second < first else "rose"))
    return found


FROM_BEFORE = when_needed(
    rf"(?i)\bde(?= {NEAR}(?:\d|dos|tres|cuatro|cinco|seis|siete|ocho|nueve|diez|once|doce)[^.;:]{{0,60}} "
    r"pas(?:ó|aron) a )"
)
"""«de apenas dos acuerdos en enero pasó a 80»: from."""


def _value_at(text: str, at: int) -> float | None:
    """The value of the number that begins at some place of a text; None where none does."""
    words = re.findall(r"\d[\d.,]*\d|\d|[^\W\d_]+", text[at : at + 80].lower())
    if not words:
        return None
    return value_of(words[0]) if words[0][0].isdigit() else in_words(words)


def _runs(words: list[tuple[str, int, int]], text: str) -> list[int]:
    """For each word, behind which word a mark ends what a phrase or a number may take: «seis; uno» are two numbers."""
    ends, last = [len(words)] * len(words), len(words)
    for at in range(len(words) - 2, -1, -1):
        if MARKED.search(text[words[at][2] : words[at + 1][1]]):
            last = at + 1
        ends[at] = last
    return ends


MARKED = when_needed(r"[,;:!?«»“”\"]|\. ")
FLOATING = frozenset({"ya", "también", "hoy", "ahora", "actualmente", "oficialmente", "además", "recientemente"})
"""Adverbs within a Spanish phrase: es ya el tercer estado; participa hoy en el programa."""


def _floated(plain: list[str], at: int) -> tuple[int, str]:
    """The phrase that begins at a word, also with an adverb behind its first word, which then comes before it."""
    length, english = phrase_at(plain, at)
    for place in (at + 1, at + 2):
        if place + 1 < len(plain) and plain[place] in FLOATING:
            without, whole = phrase_at([*plain[at:place], *plain[place + 1 :]], 0)
            if without > max(length, place - at):
                return without + 1, f"{phrase_at(plain, place)[1]} {whole}"
    return length, english


def _is_name(word: str, text: str, at: int) -> bool:
    """Whether a word of the open lexicon is a name, by its capital within a sentence: la organización CASA."""
    if word in ARTICLES and at > 0 and text[at + len(word) + 1 : at + len(word) + 2].isupper():
        return not BEGINS.search(text[max(at - 4, 0) : at])
    if not word[0].isupper() or word.lower() not in open_words():
        return False
    return not BEGINS.search(text[max(at - 4, 0) : at]) and at > 0


ARTICLES = ("El", "La", "Los", "Las")
"""With a capital within a sentence, they are part of a name: El Paso, La Porte."""
BEGINS = when_needed(r"(?:^|[.?!:—–-] |[“«\"¡¿(])$")


def _worded(text: str, start: int, end: int, turns: dict[int, tuple[int, str]]) -> list[tuple[int, int, str]]:
    """The words of a stretch, by turns and the longest declared phrase; numbers in words as digits."""
    words = [(found.group(), found.start(), found.end()) for found in re.finditer(r"[^\W_]+|%", text[start:end])]
    plain = [word.lower() for word, *_ in words]
    run = _runs(words, text[start:end])
    found: list[tuple[int, int, str]] = []
    at, done = 0, start
    while at < len(words):
        length, english = number(plain[: run[at]], at)
        english = SMALL.get(english, english)
        phrased, phrase = _floated(plain[: run[at]], at)
        if phrased > length:
            length, english = phrased, phrase  # tres cuartas partes
        if length == 1 and _is_name(words[at][0], text, start + words[at][1]):
            length = 0
        first = start + words[at][1]
        last = start + words[at + length - 1][2] if length else first
        if first in turns and last <= turns[first][0] <= end:
            last, english = turns[first]
            length = sum(1 for _, begins, _ in words[at:] if start + begins < last)
        if length:
            english = _opened(text, first, english)
            if first > done:
                found.append((done, first, text[done:first]))
            found.append((first, last, english))
            done = last
            at += length
        else:
            at += 1
    if end > done:
        found.append((done, end, text[done:end]))
    return found
