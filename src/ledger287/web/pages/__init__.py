"""Every kind of page. The order is that of matching URLs; names are those of the templates."""

from collections.abc import Sequence

from ledger287.web.pages import (
    about,
    agency,
    answers,
    api,
    changes,
    check,
    compare,
    county,
    hold,
    home,
    lists,
    map,
    model,
    outcomes,
    rules,
    search,
    state,
    texts,
    timeline,
    where,
)
from ledger287.web.render.page import Kind, Page, once
from ledger287.web.server.asked import Offer

KINDS: tuple[Kind, ...] = (
    *api.KINDS,
    *home.KINDS,
    *map.KINDS,
    *state.KINDS,
    *county.KINDS,
    *model.KINDS,
    *search.KINDS,
    *agency.KINDS,
    *where.KINDS,
    *changes.KINDS,
    *compare.KINDS,
    *lists.KINDS,
    *check.KINDS,
    *hold.KINDS,
    *outcomes.KINDS,
    *rules.KINDS,
    *answers.KINDS,
    *texts.KINDS,
    *about.KINDS,
    *timeline.KINDS,
)

PROBLEM = Kind("problem", "/", lambda _edition, _asked: Page({}), once)


def problem_page(status: int, says: str, offers: Sequence[Offer] = ()) -> tuple[Kind, Page]:
    """The page for a question that cannot be answered: what was wrong, and what to ask instead."""
    return PROBLEM, Page(
        {"status": status, "problem": says, "offers": [words for words, *_ in offers]},
        shown={"status": status, "says": says, "offers": offers},
    )
