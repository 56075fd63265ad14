"""Every kind of page. The order is that of matching addresses; names are those of the templates."""

from ledger287.web.page import Kind, Page, once
from ledger287.web.pages import agency, api, changes, compare, county, home, lists, map, model, search, state, where

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
)

PROBLEM = Kind("problem", "/", lambda _edition, _asked: Page({}), once)


def problem_page(status: int, says: str) -> tuple[Kind, Page]:
    """The page for a question that cannot be answered: what was wrong, and what to ask instead."""
    return PROBLEM, Page({"status": status, "problem": says}, shown={"status": status, "says": says})
