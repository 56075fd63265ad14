"""Names that are near to what was typed, for refusals: none is offered where none is near.

What enters: a text and the names that would have been right. What leaves: the nearest of them, best first; none that
shares less than ``NEAR`` of 100 with the text by the scorer. Promise: a refusal never offers what nobody meant.
"""

from collections.abc import Callable, Iterable

NEAR = 60.0


def likely_names(
    text: str, names: Iterable[str], limit: int, scorer: Callable[..., float] | None = None, least: float = NEAR
) -> list[str]:
    """The names nearest to a text, at most ``limit``. ``scorer`` is rapidfuzz's weighted ratio if left out."""
    from rapidfuzz import fuzz, process

    found = process.extract(text, list(names), scorer=scorer or fuzz.WRatio, limit=limit, score_cutoff=least)
    return [name for name, *_ in found]


def offer(says: str, names: Iterable[str]) -> str:
    """`` Did you mean: Ohio (OH)?`` from " Did you mean: {}?" and names; nothing where there are none."""
    listed = ", ".join(names)
    return says.format(listed) if listed else ""
