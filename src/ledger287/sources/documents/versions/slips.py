"""Whether a place of a document differs from its form by its meaning, or only by how it was read or filled in.

What enters: the form's words of a place, and the document's. What leaves: yes or no. The module promises that a weighty
word in place of another (may for shall), or another number of hours, is never called a slip.
"""

from collections.abc import Sequence
from functools import cache

from ledger287.core.text import MONTHS
from ledger287.sources.documents.declaring import common_words, forms, load

LONG = 6
"""An insertion of so many words of the forms is a clause added, not a name filled in."""
FILLED = frozenset("office county sheriffs sheriff police department appendix title date signature".split())  # noqa: SIM905
KEEP = frozenset("shall may must will not no or and only any unless until without".split())  # noqa: SIM905
PLAIN = KEEP | FILLED
BINDING = KEEP - {"no", "or", "and", "only", "any"}
"""The words that make a clause of what is filled in."""
LIKE, UNLIKE = 66, 40
SHORT = frozenset(("if", "or", "no"))
"""The short words that are no slip where a form has a weighty one."""
UNITS = frozenset("hour hours day days week weeks month months year years business calendar".split())  # noqa: SIM905
DIGITS = 3
FEW_WORDS = 3
MOST_FILLED = 14
"""So many words of the forms, at most, are in what is filled in: an office and its postal address."""


def is_slip(before: Sequence[str], after: Sequence[str], filled: "set[str] | frozenset[str]" = FILLED) -> bool:
    """Whether a place differs only by how it was read, or by a name that was filled in."""
    from rapidfuzz import fuzz

    if turns(before, after, filled):
        return False
    if all(word in FILLED or len(word) <= 2 or word.isdigit() or word == "[?]" for word in (*before, *after)):
        return True
    if "".join(before) == "".join(after):
        return True
    before, after = [AS_WILL.get(word, word) for word in before], [AS_WILL.get(word, word) for word in after]
    gone, come = [word for word in before if word not in after], [word for word in after if word not in before]
    if not gone and not come:
        return True
    known = common_words()
    pieces = _pieces(gone, come)
    real = [word for word in come if word in known and word not in filled and len(word) > 2 and word not in pieces]
    if any(word in KEEP for word in gone) and any(word in KEEP and word not in pieces for word in come):
        return False
    if len(gone) == len(come) == 1 and gone[0] in KEEP and _is_like_another(gone[0], come[0]):
        return False
    real = [word for word in real if word in KEEP or not any(_is_glued(word, other) for other in gone)]
    score = fuzz.ratio("".join(before), "".join(after))
    if score >= 70 and not [word for word in real if score < 85 or f"{word}s" not in gone]:
        return True
    if not gone or all(len(word) <= 2 for word in gone):
        return len(real) < LONG
    if not real and len(gone) < LONG:
        return True
    return len(real) < 2 and len(gone) < 3 and not any(word in KEEP for word in (*gone, *come))


def turns(before: Sequence[str], after: Sequence[str], filled: "set[str] | frozenset[str]" = FILLED) -> bool:
    """Whether words turn what a clause says, and no letters that were misread are in their place.

    A weighty word put in or left out by itself (not, only), a quantity for another (five for three, some for all), or
    one word of the forms for one that is nothing like it.
    """
    from rapidfuzz.distance import Levenshtein

    one, other = ([AS_WILL.get(word, word) for word in words] for words in (before, after))
    blanks = {*filled, *FILLED, *forms()["agency_words"], *forms()["names"], *(month.lower() for month in MONTHS)}
    said = {*before, *after}
    for step in Levenshtein.opcodes(one, other):
        gone = [word for word in one[step.src_start : step.src_end] if word not in other]
        come = [word for word in other[step.dest_start : step.dest_end] if word not in one]
        run = [word for word in other if word not in one]
        if (turning() & said & {*gone, *come}) and _is_turned(gone, come, run):
            return True
        if len(gone) == len(come) == 1 and _is_another(gone[0], come[0], blanks):
            return True
    return False


def _is_turned(gone: Sequence[str], come: Sequence[str], near: Sequence[str]) -> bool:
    """Whether a weighty word is put in where none was, or is left out with nothing in its place.

    ``near`` are the other words that the document has there: what is left out may be run together with one of them.
    """
    if max(len(gone), len(come)) >= LONG:
        return False
    if not come:
        return not any(_is_within(word, other) for word in turning() & {*gone} for other in near)
    if not gone:
        return all(word in _meaningful() or word.isdigit() or len(word) <= 2 for word in come)
    put = turning() & {*come}
    return any(not any(_is_read_for(word, other) for other in gone) for word in put) and not KEEP & {*gone}


def _is_read_for(word: str, other: str) -> bool:
    """Whether letters can have been misread for a weighty word, or hold it with others."""
    from rapidfuzz import fuzz

    return fuzz.ratio(word, other) >= APART or _is_within(word, other)


def _is_within(word: str, other: str) -> bool:
    """Whether longer letters hold a word."""
    from rapidfuzz import fuzz

    return len(other) > len(word) and fuzz.partial_ratio(word, other) >= GLUED


APART, GLUED = 50, 80
"""How alike, of 100, letters are that can be a weighty word, and how alike a part of longer ones is."""


def _is_another(gone: str, come: str, blanks: set[str]) -> bool:
    """Whether a word is another quantity, one of the forms that is nothing like it, or a plain word that forms lack.

    None of them is filled in. A short word counts only in place of a weighty one: if where unless is.
    """
    from rapidfuzz import fuzz

    if {gone, come} <= quantities():
        return True
    if gone not in _meaningful() or {gone, come} & blanks:
        return False
    alike = fuzz.ratio(gone, come)
    if come in others():
        return alike < ALIKE
    short = min(len(gone), len(come)) <= 2 and not (gone in KEEP and come in SHORT)
    return come in _meaningful() and not short and alike < UNLIKE


ALIKE = 75
"""How alike, of 100, a plain word may be to the form's that it is in place of: denied where approved is."""


@cache
def turning() -> frozenset[str]:
    """The words that turn a clause where they are put in or left out."""
    return frozenset([*(KEEP - {"or", "and", "any"}), *load("documents/effects.yml")["turning"]])


@cache
def quantities() -> frozenset[str]:
    """Words for how many, of which one in place of another is no slip."""
    return frozenset(load("documents/effects.yml")["quantities"])


@cache
def others() -> frozenset[str]:
    """Words of plain English that are no slip of a reader where a form has another word."""
    return frozenset(load("documents/effects.yml")["others"])


@cache
def _meaningful() -> frozenset[str]:
    return common_words() | quantities() | turning()


AS_WILL = dict.fromkeys(("ill", "iii", "viii", "vill", "wiu", "wm"), "will")
"""What "will" is read as; of numbers of sections it is as well the other way around."""


def _pieces(gone: Sequence[str], come: Sequence[str]) -> set[str]:
    """Words that are pieces of one word of the form, between pieces that are no words: st and ards."""
    found = set()
    for at in range(1, len(come) - 1):
        together = "".join(come[at - 1 : at + 2])
        if any(together == word for word in gone):
            found.add(come[at])
    return found


def _is_like_another(form: str, read: str) -> bool:
    """Whether a word that is not read is unlike the form's weighty word, and like another: "ay" where "shall" is."""
    from rapidfuzz import fuzz

    if read in common_words() or fuzz.ratio(form, read) >= UNLIKE:
        return False
    return any(fuzz.ratio(word, read) >= LIKE for word in KEEP - {form})


def _is_glued(word: str, other: str) -> bool:
    """Whether a word is a part of one that readers made of two, an l for an I: chieflnformation."""
    return len(other) > len(word) + 2 and word.replace("l", "i") in other.replace("l", "i") and other not in PLAIN


def is_another_period(before: Sequence[str], after: Sequence[str], unit: str) -> bool:
    """Whether one number stands for another before hours or days: no slip of letters, and nothing filled in."""
    from rapidfuzz.distance import Levenshtein

    behind = [*before, unit]
    return any(
        step.tag == "replace"
        and step.src_end - step.src_start == step.dest_end - step.dest_start == 1
        and behind[step.src_end] in UNITS
        and before[step.src_start].isdigit()
        and after[step.dest_start].isdigit()
        and len(after[step.dest_start]) <= DIGITS
        for step in Levenshtein.opcodes(before, after)
    )


def is_day_left_out(before: Sequence[str], after: Sequence[str]) -> bool:
    """Whether a form's words have the day of a signature that most of its documents have, and this one has not."""
    months = {month.lower() for month in MONTHS} - {"may"}
    return not after and bool(months & {*before}) and any(word.isdigit() or word == "[?]" for word in before)


def is_filled_in(
    before: Sequence[str], after: Sequence[str], filled: "set[str] | frozenset[str]", signed: bool = False
) -> bool:
    """Whether what differs in such a section are labels, offices, names and addresses, and no words of a clause.

    Where it is ``signed``, the lines of ICE's own office can be lost in writing.
    """
    signing = forms()["signing"]
    labels = {*signing["offices"], *signing["ice"], *signing["blanks"], *forms()["agency_words"], *filled}
    known = common_words()
    gone = {word for word in before if word in known and len(word) > 2 and word not in labels and word not in after}
    come = {word for word in after if word in known and len(word) > 2 and word not in labels and word not in before}
    return not BINDING & (gone | come) and (signed or len(gone) < FEW_WORDS) and len(come) <= MOST_FILLED


def is_signature(before: Sequence[str], after: Sequence[str]) -> bool:
    """Whether words that are put in are the block of signatures, which a text layer can have anywhere on its page."""
    signing = forms()["signing"]
    labels = {*signing["offices"], *signing["ice"], *signing["blanks"], *forms()["agency_words"]}
    strange = {word for word in after if word in common_words() and len(word) > 2 and word not in labels}
    if len(before) >= FEW_WORDS:
        return False
    if len({*after} & LABELS) >= FEW_WORDS:
        return len(strange) < LONG and not BINDING & strange
    months = {month.lower() for month in MONTHS}
    return not strange - months and bool({*after} & months) and bool({*after} & LABELS)


LABELS = frozenset("for the lea ice date signature name title agency acting executive director".split())  # noqa: SIM905


def fills(left: Sequence[str], come: Sequence[str]) -> bool:
    """Whether words are what is filled into a place that a form leaves open; ``left`` are the form's around it."""
    known = common_words()
    gone = [word for word in left if word not in come and len(word) > 2 and word not in FILLED]
    real = [word for word in come if word in known and word not in left]
    return not BINDING & {*real, *gone} and len(gone) < FEW_WORDS and len(real) <= MOST_FILLED


UNREADABLE, HARDLY = 0.6, 0.34
"""Where fewer of a place's words than this are words of the forms, it could not be read; where it is much shorter than
the form's, hardly any may be."""
SHORTER, LONGER, LEFT_OUT = 0.4, 2.5, 0.15
SOME, GARBLED = 0.1, 65
"""Other words of the forms that letters without sense give by chance, for each word; and how alike letters must be for
words with two that are none to be the form's own, garbled."""


def is_unreadable(before: Sequence[str], after: Sequence[str], poor: bool) -> bool:
    """Whether a document has letters in a place of its form that are about as many, and hardly any words.

    In a ``poor`` text, which loses words and lines, every place is one that puts in no words of the forms.
    """
    from rapidfuzz import fuzz

    known = common_words()
    said = [word for word in after if len(word) > 1 and not word.isdigit()]
    real = [word for word in said if word in known or word in before]
    others = [word for word in real if word not in before and (len(word) > 3 or word in BINDING)]
    if not before or BINDING & {*others}:
        return False
    if poor:
        return len(others) < max(LONG, SOME * len(before))
    length, share = len("".join(after)) / len("".join(before)), len(real) / max(1, len(said))
    if len(said) < FEW_WORDS or len(others) >= max(FEW_WORDS, SOME * len(before)) or not LEFT_OUT <= length <= LONGER:
        return False
    garbled = len(said) - len(real) >= 2 and fuzz.ratio("".join(before), "".join(after)) >= GARBLED
    return garbled or share <= (UNREADABLE if length >= SHORTER else HARDLY)


def without_echo(said: Sequence[str], come: list[str]) -> list[str]:
    """What is put in without the words just before it, which a text layer can have twice."""
    for many in range(min(len(said), len(come)), FEW_WORDS, -1):
        if list(said[-many:]) == come[:many]:
            return come[many:]
    return come
