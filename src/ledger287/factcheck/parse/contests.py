"""Figures that belong to several subjects named before them: a contest's two, a list's in its order, a multiple's base.

What enters: a parsed sentence. What leaves: its amounts, each with the place or model that owns it. Promise: where the
subjects cannot be distinguished, an amount is marked as unsure, and is then never called contradicted.
"""

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from ledger287.factcheck.parse.lexicon import words
from ledger287.factcheck.parse.numbers import figure

if TYPE_CHECKING:
    from ledger287.factcheck.parse.model import Amount, Token

AGAINST = ("to", "against", "versus", "vs")
COMPARED = ("compared with", "compared to")
"""These set two figures against each other only behind a contest: Texas passed Florida, 63 compared with 58."""
MORE = ("more than", "fewer than", "less than")
LISTING = (",", "and", "&")
UNCLEAR = "which of the two figures is whose is not plain"
OUT_OF_STEP = '"respectively" does not tie each figure to one place'


def owned(tokens: "Sequence[Token]", amounts: "Sequence[Amount]") -> "tuple[Amount, ...]":
    """Give each amount of a contest or an ordered list its owner, and the base of a multiple its role."""
    found = _in_order(tokens, _based(tokens, [_of_whom(tokens, one) for one in amounts]))
    for at in range(len(found) - 1):
        one, other = found[at], found[at + 1]
        if one.kind == other.kind == "counted" and one.role != "from" and _opposed(tokens, one, other):
            found[at], found[at + 1] = _scored(tokens, one, other)
    return tuple(_accompanied(tokens, found))


BEING = ("is", "was", "remains", "became", "becomes", "are", "were")


def _of_whom(tokens: "Sequence[Token]", amount: "Amount") -> "Amount":
    """``The department is one of 31 in Virginia``: the 31 are counted, and not the one."""
    before = tokens[amount.first - 1].text.lower() if amount.first else ""
    whole = amount.whole
    if amount.kind != "portion" or whole is None or amount.noun or amount.whose or before not in BEING:
        return amount
    alone = amount.figure.said.lower() == "one" and whole.noun is None
    if not alone:
        return amount
    said = [one for one in tokens[amount.last + 1 :] if one.kind in ("SIGN", "TOPIC", "PROGRAM", "MODEL")
            or one.value in ("agreements", "partnerships")]  # fmt: skip
    return whole if said else replace(whole, unsure="what they have in common is not said")


def _accompanied(tokens: "Sequence[Token]", amounts: "list[Amount]") -> "list[Amount]":
    """``the jail model, with 228, and the warrant model, with 100``: each figure is of the model named before it."""
    owners = {}
    for at, amount in enumerate(amounts):
        first = amount.figure_first(tokens)
        ahead = list(tokens[max(first - 4, 0) : first])
        if len(ahead) < 3 or [one.text.lower() for one in ahead[-2:]] != [",", "with"] or amount.kind != "counted":
            continue
        named = [one for one in ahead[:-2] if one.text.lower() not in ("model", "program")]
        if named and named[-1].kind == "MODEL":
            owners[at] = named[-1]
    if len(owners) < 2 or len({one.value for one in owners.values()}) < len(owners):
        return amounts
    noun = next((amounts[at].noun for at in owners if (said := amounts[at].noun) and said.unit), None)
    return [
        replace(one, owner=owners[at], noun=one.noun if one.noun and one.noun.unit else noun) if at in owners else one
        for at, one in enumerate(amounts)
    ]


def rivals(tokens: "Sequence[Token]", end: int) -> "tuple[Token, Token, bool] | None":
    """The subject and the rival that a contest before some place names, and whether the subject is ahead.

    ``Missouri has leapt past Georgia`` gives Missouri, Georgia, True; of more than one on either side there is none.
    """
    start = max((at for at in range(end) if tokens[at].text in ";—"), default=-1) + 1
    at, ahead = _bested(tokens, start, end)
    if at is None:
        return None
    for kind in ("PLACE", "MODEL"):
        own = [token for token in tokens[start:at] if token.kind == kind]
        other = [token for token in tokens[at + 1 : end] if token.kind == kind]
        if len({one.value for one in own}) == len({one.value for one in other}) == 1 and own[0].value != other[0].value:
            return own[0], other[0], ahead
    return None


def _multiplied(tokens: "Sequence[Token]", end: int) -> "tuple[Token, Token, bool] | None":
    """``Ohio has twice as many agreements as Iowa, 20 to 10``: the two places of a multiple, the first one ahead."""
    start = max((at for at in range(end) if tokens[at].text in ";—."), default=-1) + 1
    many = next((at for at in range(start, end - 1) if tokens[at].text.lower() in ("as many", "as many as")
                 or (tokens[at].text.lower() == "as" and tokens[at + 1].text.lower() == "many")), None)  # fmt: skip
    if many is None or many == start or "TIMES" not in "".join(one.kind for one in tokens[start:many]):
        return None
    own = [token for token in tokens[start:many] if token.kind == "PLACE"]
    other = [token for token in tokens[many + 1 : end] if token.kind == "PLACE"]
    if len({one.value for one in own}) == len({one.value for one in other}) == 1 and own[0].value != other[0].value:
        return own[0], other[0], True
    return None


def _bested(tokens: "Sequence[Token]", start: int, end: int) -> tuple[int | None, bool]:
    """The position of the verb of a contest, and whether its subject wins."""
    for at in range(end - 1, start - 1, -1):
        said = tokens[at].text.lower().split()
        if set(said) & {*words("winning"), *words("losing")}:
            passive = at + 1 < end and tokens[at + 1].text.lower() == "by"
            return at, bool(set(said) & set(words("winning"))) != passive
    return None, False


def _opposed(tokens: "Sequence[Token]", one: "Amount", other: "Amount") -> bool:
    """Whether two amounts are set against each other: 63 agreements to 58."""
    between = [token.text.lower() for token in tokens[one.last + 1 : other.figure_first(tokens)]]
    if len(between) == 1 and between[0] in COMPARED:
        return rivals(tokens, one.first) is not None
    return len(between) == 1 and between[0] in AGAINST


def _scored(tokens: "Sequence[Token]", one: "Amount", other: "Amount") -> "tuple[Amount, Amount]":
    """Both amounts of a score with their owners; a score may name the greater figure first."""
    noun = one.noun if one.noun and one.noun.unit else other.noun
    plain = replace(one, noun=noun), replace(other, noun=noun, role="", first=other.figure_first(tokens))
    contest = rivals(tokens, one.first) or _multiplied(tokens, one.first)
    if contest is None:
        said = _bested(tokens, 0, one.first)[0] is not None
        return (replace(plain[0], unsure=UNCLEAR), replace(plain[1], unsure=UNCLEAR)) if said else (one, other)
    own, rival, ahead = contest
    greater = one.figure.value >= other.figure.value
    if ahead and not greater:
        return replace(plain[0], unsure=UNCLEAR), replace(plain[1], unsure=UNCLEAR)
    first, second = (own, rival) if ahead == greater else (rival, own)
    return replace(plain[0], owner=first), replace(plain[1], owner=second)


def _in_order(tokens: "Sequence[Token]", amounts: "list[Amount]") -> "list[Amount]":
    """``Idaho, Wyoming and North Dakota have 12, 17 and 15 agreements, respectively``."""
    if not any(token.text.lower() == "respectively" for token in tokens) or len(amounts) < 2:
        return amounts
    run = [amounts[0]]
    for amount in amounts[1:]:
        between = tokens[run[-1].last + 1 : amount.first]
        if amount.kind == "counted" and all(token.text.lower() in LISTING for token in between):
            run.append(amount)
    names = [token for token in tokens[: run[0].first] if token.kind == "PLACE"]
    names = names or [token for token in tokens[: run[0].first] if token.kind == "MODEL"]
    noun = next((one.noun for one in reversed(run) if one.noun and one.noun.unit), None)
    if len(names) != len(run) or len(run) != len(amounts):
        return [replace(amount, unsure=OUT_OF_STEP) for amount in amounts]
    return [
        replace(one, owner=name, noun=one.noun if one.noun and one.noun.unit else noun)
        for one, name in zip(run, names, strict=True)
    ]


def _is_set_against(tokens: "Sequence[Token]", amount: "Amount") -> bool:
    """Whether a figure is one that another is compared with: 27 agreements, (far) fewer than the 33 it had."""
    words_ = amount.figure.said.lower().split()
    ahead = [token.text.lower() for token in tokens[max(amount.first - 2, 0) : amount.first]]
    compares = amount.kind == "counted" and not amount.role and " ".join(words_[:2]) in MORE and words_[2:3] == ["the"]
    return compares and (ahead[-1:] == [","] or (ahead[:1] == [","] and ahead[1:] in (["far"], ["well"], ["still"])))


TURNED = "the figures are the other way round than the sentence compares them"


def is_elsewhere(tokens: "Sequence[Token]", amount: "Amount") -> bool:
    """Whether what is compared with is another place's number, of the same day: more than the 282 in Florida."""
    after = tokens[amount.last + 1 : amount.last + 8]
    stop = next((at for at, one in enumerate(after) if one.kind == "MARK"), len(after))
    clause = after[:stop]
    return [one.kind for one in clause[:2]] == ["IN", "PLACE"] and not any(one.kind == "WHEN" for one in clause)


def _of_now(tokens: "Sequence[Token]", amount: "Amount") -> "Amount":
    """``135 in January 2025, compared with 1,651 today``: what is of today is no base, but what there is."""
    after = [one.text.lower() for one in tokens[amount.last + 1 : amount.last + 2]]
    against = tokens[amount.first].text.lower() in (*COMPARED, "versus", "against")
    if amount.role != "from" or not against or after not in (["today"], ["now"], ["currently"]):
        return amount
    return replace(amount, role="", first=amount.figure_first(tokens))


def _based(tokens: "Sequence[Token]", amounts: "list[Amount]") -> "list[Amount]":
    """``double the 38 it had``, ``three more than the 48``: what a multiple or a difference starts from."""
    found: list[Amount] = []
    for amount in (_of_now(tokens, one) for one in amounts):
        before = found[-1] if found else None
        if before is not None and before.kind == "counted" and _is_set_against(tokens, amount):
            written = amount.figure
            base = figure(written.value, "exact", written.said, written.span)
            there = is_elsewhere(tokens, amount)
            turned = there and (before.figure.value > base.value) != written.said.lower().startswith("more")
            unsure = TURNED if turned else amount.unsure
            noun = replace(before.noun, place=None) if there and before.noun and not amount.noun else amount.noun
            found.append(replace(amount, role="" if there else "from", figure=base, unsure=unsure, noun=noun))
        elif before is None or amount.kind != "counted" or amount.first != before.last + 1:
            found.append(amount)
        elif before.kind == "multiple":
            found.append(replace(amount, role=amount.role or "from"))
        elif before.kind == "counted" and amount.figure.said.lower().startswith(MORE) and not before.role:
            written = amount.figure
            found[-1] = replace(amount, role="from", figure=figure(written.value, "exact", written.said, written.span))
        else:
            found.append(amount)
    return found
