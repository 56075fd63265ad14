"""The times and models that a sentence says with a named agency.

What enters: a parsed sentence and the place of a name in it. What leaves: the times of names, the models of one.
"""

from ledger287.factcheck.extract.amounts.times.timing import Background
from ledger287.factcheck.extract.model import When
from ledger287.factcheck.parse.parsing import Parsed


def whens_in(parsed: Parsed, behind: Background) -> dict[int, When]:
    """The date that follows each name, before the next name."""
    from ledger287.factcheck.extract.amounts.times.windows import resolve

    found: dict[int, When] = {}
    last: list[int] = []
    for at, token in enumerate(parsed.tokens):
        if token.kind == "NAME":
            last = (
                [*last, at]
                if last and not any(parsed.tokens[k].kind in ("SIGN", "WHEN") for k in range(last[-1], at))
                else [at]
            )
        elif token.kind == "WHEN" and token.dated and last:
            when = resolve(token.dated, behind.published, behind.years)
            for name in last:
                found.setdefault(name, when)
    return found


def models_in(parsed: Parsed, place: int) -> tuple[str | None, ...]:
    """The models that are said of one agency: both of "jail and task force agreements"."""
    after = [(at, token) for at, token in enumerate(parsed.tokens) if at > place and token.kind == "MODEL"]
    if len(after) > 1:
        between = parsed.tokens[after[0][0] + 1 : after[-1][0]]
        joined = ("and", "a", "an", "the", "both", "as", "well")
        if all(one.kind in ("UNIT", "FILL", "MODEL", "MARK") or one.text.lower() in joined for one in between):
            return tuple(dict.fromkeys(token.value for _, token in after))
    return (_model(parsed, place),)


def _model(parsed: Parsed, place: int) -> str | None:
    models = {token.value for token in parsed.tokens if token.kind == "MODEL"}
    after = [token.value for token in parsed.tokens[place:] if token.kind == "MODEL"]
    return models.pop() if len(models) == 1 else after[0] if len(models) > 1 and after else None
