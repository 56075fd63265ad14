"""ledger287: the 287(g) program as a record that can be checked.

``ledger287.open()`` opens the record that ships with it. ``dir(ledger287)`` lists all that a user calls, and
``help(ledger287.open)`` explains each. The functions are those of ``ledger287.api``, loaded when first used.
"""

TYPE_CHECKING = False  # typing takes longer to load than a command takes to catch its signals
if TYPE_CHECKING:
    from typing import Any

    from ledger287.api import AgencyAnswer as AgencyAnswer
    from ledger287.api import Atlas as Atlas
    from ledger287.api import Ledger as Ledger
    from ledger287.api import Problem as Problem
    from ledger287.api import QueryError as QueryError
    from ledger287.api import Refused as Refused
    from ledger287.api import SourceAnswer as SourceAnswer
    from ledger287.api import Status as Status
    from ledger287.api import agreements as agreements
    from ledger287.api import answer as answer
    from ledger287.api import authority as authority
    from ledger287.api import authority_table as authority_table
    from ledger287.api import build as build
    from ledger287.api import changes_of_form as changes_of_form
    from ledger287.api import changes_of_law as changes_of_law
    from ledger287.api import check as check
    from ledger287.api import clauses_of as clauses_of
    from ledger287.api import compare_documents as compare_documents
    from ledger287.api import custody_audit as custody_audit
    from ledger287.api import custody_clock as custody_clock
    from ledger287.api import custody_map as custody_map
    from ledger287.api import custody_verify as custody_verify
    from ledger287.api import disagreements as disagreements
    from ledger287.api import draw_map as draw_map
    from ledger287.api import eastern_today as eastern_today
    from ledger287.api import export as export
    from ledger287.api import functions_table as functions_table
    from ledger287.api import jurisdictions_on as jurisdictions_on
    from ledger287.api import landmark as landmark
    from ledger287.api import open as open
    from ledger287.api import open_lawbook as open_lawbook
    from ledger287.api import outcomes_added as outcomes_added
    from ledger287.api import people_held as people_held
    from ledger287.api import people_held_in as people_held_in
    from ledger287.api import people_held_series as people_held_series
    from ledger287.api import people_identified as people_identified
    from ledger287.api import read_detention_statistics as read_detention_statistics
    from ledger287.api import read_documents as read_documents
    from ledger287.api import read_roster as read_roster
    from ledger287.api import roster as roster
    from ledger287.api import rule_on as rule_on
    from ledger287.api import rules_on as rules_on
    from ledger287.api import timeline as timeline

__version__ = "0.2.0"


_PARTS = frozenset(
    {"core", "declared", "sources", "ledger", "places", "law", "custody", "factcheck", "analysis", "charts"}
)
"""Not looked up in the API: to import one must not load the API, which imports it in turn."""


def __getattr__(name: str) -> "Any":
    """A name of ``ledger287.api``, which is loaded when the first one is used."""
    from importlib import import_module

    if name == "__all__":
        return [*import_module("ledger287.api").__all__, "__version__"]
    if not name.startswith("_") and name not in _PARTS:
        api = import_module("ledger287.api")
        if name == "api":
            return api
        if name in api.__all__:
            return getattr(api, name)
    from difflib import get_close_matches

    near = [] if name.startswith("_") else get_close_matches(name, import_module("ledger287.api").__all__, 1)
    meant = "".join(f". Did you mean {one!r}?" for one in near) or "; see ledger287.api"
    raise AttributeError(f"module 'ledger287' has no attribute {name!r}{meant}")


def __dir__() -> list[str]:
    """What a user calls, without what this file imports for itself."""
    from importlib import import_module

    own = {name for name in globals() if name.startswith("__") and name not in ("__getattr__", "__dir__")}
    return sorted({*own, *import_module("ledger287.api").__all__, "api"})
