"""Under which model an amount of a sentence is meant.

What enters: a sentence's tokens and amounts. What leaves: for one amount, its model, or None. Promise: rules of
position alone, each stated here; of several models that could be meant, none is.
"""

from collections.abc import Sequence

from ledger287.factcheck.extract.amounts.attaching import EXAMPLES, is_own_whole, is_whole
from ledger287.factcheck.parse.lexicon import words
from ledger287.factcheck.parse.model import Amount, Token


def model_of(tokens: Sequence[Token], amounts: Sequence[Amount], number: int) -> str | None:
    """The model of one amount: in its noun, after it before the next one, or the one that opens the sentence."""
    amount = amounts[number]
    if amount.owner and amount.owner.kind == "MODEL":
        return amount.owner.value
    if both := _joint(tokens, amounts, number):
        return both
    if amount.noun and amount.noun.model:
        return amount.noun.model
    if number == 0 and tokens[0].text.lower() in ("of", "among") and amount.first <= OPENING_WHOLE:
        cut = next((at for at in range(amount.last + 1, len(tokens)) if tokens[at].text == ","), len(tokens))
        own = [token.value for token in tokens[amount.last + 1 : cut] if token.kind == "MODEL"]
        return own[0] if len(own) == 1 else None  # of the 75 agreements in Ohio, the warrant model had 43
    if is_whole(tokens, amounts, number) or is_own_whole(tokens, amounts, number):
        return None
    if amount.whole and amount.whole.noun and amount.whole.noun.model:
        return amount.whole.noun.model
    behind = (
        _model_label(tokens, amounts, number)
        or _model_subject(tokens, amount.first)
        or _model_shared(tokens, amounts, number)
        or _model_before(tokens, amount.first)
    )
    if behind:
        return behind
    lacking = number + 1 < len(amounts) and amounts[number + 1].figure.value == 0
    following = amounts[number + 1 + lacking :]
    end = following[0].first if following else len(tokens)
    cut = next((at for at in range(amount.last + 1, end) if tokens[at].text in (";", "—") or _parts(tokens, at)), end)
    after = [token.value for token in tokens[amount.last + 1 : cut] if token.kind == "MODEL"]
    named = next((at for at in range(amount.last + 1, cut) if tokens[at].kind == "MODEL"), cut)
    if len(set(after)) == 1 and not any(token.text.lower() in EXAMPLES for token in tokens[amount.last + 1 : named]):
        return after[0]
    if after:
        return None
    every = {token.value for token in tokens if token.kind == "MODEL"}
    first = next((place for place, token in enumerate(tokens) if token.kind == "MODEL"), None)
    earlier = [other for other in amounts[:number] if first is not None and other.last < first]
    if len(every) == 1 and first is not None and first < amount.first and not earlier:
        return every.pop()
    return None


OPENING_WHOLE = 3
"""So many tokens may be before the total that a sentence opens with: of the nation's 1,783 agreements."""
JOINING = frozenset(["and", "or", "&", ",", "the", "model", "models", "program", "programs", "officer", "enforcement"])
"""Words between two models that are counted together: jail and warrant agreements."""


def _joint(tokens: Sequence[Token], amounts: Sequence[Amount], number: int) -> str | None:
    """Two models whose agreements are counted together: 500 jail and warrant agreements; such agreements number 500."""
    amount = amounts[number]
    unit = amount.noun.unit if amount.noun else None
    if unit not in (None, "agreements", "partnerships") or amount.kind != "counted":
        return None
    if unit and (own := joined_models(tokens[amount.first : amount.last + 1])):
        return own
    alone = len(amounts) == 1
    before = tokens[: amount.first] if alone and unit is None else ()
    spoken = any(one.kind == "UNIT" and one.value in ("agreements", "partnerships") for one in before)
    if spoken and (own := joined_models(before)):
        return own
    end = next((at for at in range(amount.last + 1, len(tokens)) if tokens[at].kind in ("NUM", "MARK")), len(tokens))
    return joined_models(tokens[amount.last + 1 : end]) if unit and alone else None


def joined_models(tokens: Sequence[Token]) -> str | None:
    """The two models of a stretch that "and" joins, in the order of their names; None where "both" opens them."""
    models = [at for at, token in enumerate(tokens) if token.kind == "MODEL"]
    if len(models) != 2 or (models[0] and tokens[models[0] - 1].text.lower() == "both"):
        return None
    between = tokens[models[0] + 1 : models[1]]
    if not any(one.text.lower() in ("and", "or", "&") for one in between) or not all(
        one.text.lower() in JOINING or one.kind == "UNIT" for one in between
    ):
        return None
    both = {tokens[at].value for at in models}
    return next((name for name in TOGETHER if set(name.split("+")) == both), None)


TOGETHER = ("JEM+WSO", "JEM+TFM", "WSO+TFM")
"""Two models counted together."""


def _parts(tokens: Sequence[Token], at: int) -> bool:
    """Whether a clause on a part of what was counted begins here: 148 agreements, almost all under the jail model."""
    following = [one.text.lower() for one in tokens[at + 1 : at + 4]]
    return tokens[at].text == "," and bool(set(following) & words("quantifying"))


LINKING = frozenset(
    [
        "number",
        "total",
        "totals",
        "totaled",
        "has",
        "have",
        "had",
        "counts",
        "at",
        "with",
        "stands",
        "stood",
        "for",
        "claims",
        "to",
        "by",
    ]
)
"""Words that tie a number to the label before it: task force agreements number 797."""


def _model_shared(tokens: Sequence[Token], amounts: Sequence[Amount], number: int) -> str | None:
    """The subject of a share: task force agreements, the most far-reaching kind, make up 52%."""
    back = amounts[number - 1].last + 1 if number else 0
    stretch = tokens[back : amounts[number].first]
    models = [at for at, token in enumerate(stretch) if token.kind == "MODEL"]
    verbs = [at for at, token in enumerate(stretch) if token.text.lower() in words("sharing")]
    return stretch[models[-1]].value if models and verbs and models[-1] < verbs[-1] else None


def _model_label(tokens: Sequence[Token], amounts: Sequence[Amount], number: int) -> str | None:
    """The model that a number comes after, unless it belongs to the number before it."""
    amount = amounts[number]
    if amount.noun and amount.noun.unit:
        return None
    for place in range(amount.first - 1, max(amount.first - 6, -1), -1):
        token = tokens[place]
        if token.kind == "MODEL":
            back = amounts[number - 1].last + 1 if number else 0
            parted = any(one.kind == "MARK" or one.text.lower() in ("and", "while") for one in tokens[back:place])
            return token.value if parted or not number else None
        tied = token.text.lower() in LINKING or token.kind in ("UNIT", "FILL") or token.text in (*",(:–—)",)
        if not tied:
            return None
    return None


HOLDING = frozenset(["has", "have", "had", "counts", "counted", "covers", "covered", "model", "program"])
OPENING = frozenset(["and", "while", "but", "whereas"])


def _model_subject(tokens: Sequence[Token], first: int) -> str | None:
    """The model that has so many, with a verb or without: and the task force model 445 agreements."""
    place = first - 1
    while place >= 0 and (tokens[place].text.lower() in HOLDING or tokens[place].kind in ("FILL", "HEDGE")):
        place -= 1
    if place < 0 or tokens[place].kind != "MODEL":
        return None
    before = place - 1 - (place > 0 and tokens[place - 1].text.lower() == "the")
    opens = before < 0 or tokens[before].kind == "MARK" or tokens[before].text.lower() in OPENING
    return tokens[place].value if opens else None


def _model_before(tokens: Sequence[Token], first: int) -> str | None:
    """The model of "task force agreements with 60 agencies in 16 states", for both figures."""
    for place in range(first - 1, -1, -1):
        token = tokens[place]
        if token.kind == "MODEL":
            between = tokens[place + 1 : first]
            joined = any(one.kind == "IN" or one.text.lower() in ("with", "by", "at") for one in between)
            return token.value if joined else None
        if token.kind == "MARK" or token.text.lower() in ("and", "while", "but", "plus", "or"):
            return None
    return None
