"""The words of a document as its form's words are compared with them.

What enters: the text of pages. What leaves: ``ClauseWord``, bare, each with its page. Slips of readers of pictures are
taken back where only one word of the forms can be meant (tennination, infonnation), and words that they ran together
are parted (ofthis, leajail). The module promises that a word of the forms is never replaced by another.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import groupby

from ledger287.sources.documents.declaring import common_words, load

SHORT = 5
"""The fewest letters of a word that is taken for the one word of the forms that it is one letter off."""
GLUE = frozenset(
    ["a", "an", "and", "any", "as", "at", "be", "by", "for", "if", "ice", "ices", "in", "is", "its", "lea", "leas",
     "moa", "of", "on", "or", "the", "this", "to", "with"]
)  # fmt: skip
"""The short words that are run together with their neighbors."""
LOOKS = (("nn", "rm"), ("m", "rn"), ("ii", "n"), ("cl", "d"), ("li", "h"), ("vv", "w"), ("1", "l"), ("1", "i"),
         ("l", "i"), ("0", "o"), ("5", "s"), ("rr", "ff"), ("1n", "m"), ("fl", "ff"))  # fmt: skip
"""Letters that look like others in pictures, first as they are read."""


@dataclass(frozen=True, slots=True)
class ClauseWord:
    """One word of a document, bare, and its page."""

    text: str
    page: int


def words_of(texts: Mapping[int, str]) -> list[ClauseWord]:
    """The words of pages, bare, without page numbers, the date of the form, and lines that pages repeat."""
    seen: dict[str, int] = {}
    for text in texts.values():
        for line in {_bare(line) for line in text.splitlines()}:
            seen[line] = seen.get(line, 0) + 1
    repeated = {line for line, many in seen.items() if many >= max(3, len(texts) // 3)}
    found = []
    for number, text in texts.items():
        kept = [line for line in text.splitlines() if _bare(line) not in repeated]
        joined = re.sub(r"-\n(?=[a-z])", "", "\n".join(kept))
        for line in joined.splitlines():
            if not re.match(r"(?i)^\W*(?:rev\w*|approved)[\s.:]*[\d/ ]+\W*$|^\W*\d{1,2}\W*$", line):
                found += [ClauseWord(word, number) for word in plain_words(line)]
    return found


def plain_words(text: str) -> list[str]:
    """The words of a text as they are compared: letters and digits in one case, slips taken back."""
    return [part for word in _joined(_unspaced(bare_words(text))) for part in meant(word)]


SPACED = 6
"""So many single letters in a row are words printed with a blank behind each letter."""


def _unspaced(words: list[str]) -> list[str]:
    """Words printed letter by letter (b e a r r e s t e d) as words, where all of the letters are words of forms."""
    found: list[str] = []
    for alone, run in groupby(words, lambda word: len(word) == 1 and word.isalpha()):
        letters = list(run)
        found += (_cut("".join(letters)) or letters) if alone and len(letters) >= SPACED else letters
    return found


def _cut(letters: str) -> list[str]:
    """The fewest words of the forms that letters are the row of; none where they are not."""
    known, best = common_words(), [[""], *([] for _ in letters)]
    for end in range(1, len(letters) + 1):
        ways = [
            [*best[start], word]
            for start in range(end)
            if best[start] and ((word := letters[start:end]) in known or word in GLUE)
        ]
        best[end] = min(ways, key=len, default=[])
    return best[-1][1:]


def _joined(words: list[str]) -> list[str]:
    """Words of which a text layer has the pieces apart (opera ting, st and ards) are put together."""
    known, found, at = common_words(), list[str](), 0
    while at < len(words):
        for many in (3, 2):
            pieces = words[at : at + many]
            if (
                len(pieces) == many
                and "".join(pieces) in known
                and any(len(piece) > 1 and piece not in known for piece in pieces)
            ):
                found.append("".join(pieces))
                at += many
                break
        else:
            found.append(words[at])
            at += 1
    return found


def bare_words(text: str) -> list[str]:
    """The words of a text: letters and digits in one case."""
    return re.findall(r"[a-z0-9]+", re.sub(r"[’']", "", text.casefold().replace("\ufffe", "").replace("\u00ad", "")))


def _bare(line: str) -> str:
    return re.sub(r"[^a-z]", "", line.casefold())


@lru_cache(maxsize=50_000)
def meant(word: str) -> tuple[str, ...]:
    """The word or words of the forms that a word is read from; itself where it is one, or where none is meant."""
    known = common_words()
    if word in known or word.isdigit() or len(word) < 3:
        return (word,)
    slip = load_slips().get(word) or _alike(word)
    if slip:
        return (slip,)
    return _parted(word) or (_near(word) or word,)


def _alike(word: str) -> str | None:
    """The word that is left where letters that look like others are put back; None where there are none, or two."""
    found = {
        changed
        for read, true in LOOKS
        for changed in (word.replace(read, true), *_each(word, read, true))
        if read in word and changed in common_words()
    }
    return found.pop() if len(found) == 1 else None


def _each(word: str, read: str, true: str) -> list[str]:
    return [word[: at.start()] + true + word[at.end() :] for at in re.finditer(re.escape(read), word)]


def _parted(word: str) -> tuple[str, ...]:
    """The words that were run together: a short one and another, or an appendix with its letter."""
    known = common_words()
    appendix = re.fullmatch(r"(appendix|section)([a-e])", word)
    if appendix:
        return appendix[1], appendix[2]
    parts = word.split("o")
    if len(parts) > 1 and all(len(part) > 1 and (part in known or part in GLUE) for part in parts):
        return tuple(parts)  # a reader that has an o for each blank: isoanoagreement
    for at in range(1, len(word)):
        left, right = word[:at], word[at:]
        for short, other in ((left, right), (right, left)):
            whole = other if other in known else (_alike(other) or "") if len(other) > SHORT else ""
            if short in GLUE and (len(other) > 2 or other in GLUE) and whole:
                return (short, whole) if short == left else (whole, short)
    return ()


def _near(word: str) -> str | None:
    """The one word of the forms that is a letter off, one that was lost or that looks like the other; no short word."""
    if len(word) < SHORT or not word.isalpha():
        return None
    found = [
        other
        for size in (len(word) - 1, len(word), len(word) + 1)
        for other in _of_size().get((size, word[0]), ())
        if _is_a_letter_off(word, other)
    ]
    return found[0] if len(found) == 1 else None


def _is_a_letter_off(read: str, true: str) -> bool:
    from rapidfuzz.distance import Levenshtein

    if Levenshtein.distance(read, true, score_cutoff=1) > 1:
        return False
    if len(read) != len(true):
        return len(true) > SHORT
    one, other = next((pair for pair in zip(read, true, strict=True) if pair[0] != pair[1]), ("", ""))
    return any(one in group and other in group for group in ALIKE)


ALIKE = ("iltjfr", "oceau", "dcl", "mnrhuw", "vyuw", "szg", "gqy", "bhkd", "pnq", "xk")
"""Letters that are taken for each other."""


@cache
def _of_size() -> dict[tuple[int, str], tuple[str, ...]]:
    """The words of the forms, by how many letters they have and the first; short ones are left out."""
    sizes: dict[tuple[int, str], list[str]] = {}
    for word in sorted(common_words()):
        if len(word) >= SHORT:
            sizes.setdefault((len(word), word[0]), []).append(word)
    return {size: tuple(words) for size, words in sizes.items()}


@cache
def load_slips() -> dict[str, str]:
    """Slips declared by hand: short words that no rule takes back."""
    found: dict[str, str] = load("documents/effects.yml")["slips"]
    return found
