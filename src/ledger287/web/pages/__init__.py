"""Every kind of page. The order is that of matching URLs; names are those of the templates."""

from collections.abc import Sequence

from ledger287.web.pages import about, api, check, home, search, texts
from ledger287.web.pages.law import hold, rules
from ledger287.web.pages.places import county, map, state, where
from ledger287.web.pages.record import agency, answers, changes, compare, lists, model, outcomes, timeline
from ledger287.web.render.page import Page, PageKind, once
from ledger287.web.server.query import Offer

KINDS: tuple[PageKind, ...] = (
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

PROBLEM = PageKind("problem", "/", lambda _edition, _query: Page({}), once)


def problem_page(status: int, says: str, offers: Sequence[Offer] = ()) -> tuple[PageKind, Page]:
    """The page for a question that cannot be answered: what was wrong, and what to ask instead."""
    return PROBLEM, Page(
        {"status": status, "problem": says, "offers": [words for words, *_ in offers]},
        shown={"status": status, "says": says, "offers": offers},
    )
