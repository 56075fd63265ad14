"""Every function by model and version: whether the text lists it, where, in what words, and on which page.

What enters: a lawbook and ``declared/law/function-pages.csv``, which has for each version the words of one agreement
that prints it, with the document's sha256 and page. What leaves: ``FunctionsAnswer``. The module promises that a
function is shown as listed only with the words that list it, or with the encoded clause where no page is available.
"""

from dataclasses import dataclass
from functools import cache

from ledger287.core import declared
from ledger287.core.jsonable import NotebookTable
from ledger287.core.locator import DocumentPage
from ledger287.law.agreements.clauses import Text, clause
from ledger287.law.agreements.functions import functions
from ledger287.law.lawbook.book import Lawbook, shipped

NOTE = (
    "A form says what an agreement of its version lists; an agreement's own document may differ, and state law may bar "
    "what a form lists. It grants no authority, and is not legal advice."
)


@dataclass(frozen=True, slots=True)
class Listing:
    """One function under one version. ``words`` are the agreement's own, None where no available page lists it."""

    function: str
    name: str
    model: str
    version: str
    listed: bool
    setting: str | None
    time_stated: bool | None
    says: str
    rule: str
    words: str | None
    agency: str | None
    page: DocumentPage | None


@dataclass(frozen=True, slots=True)
class FunctionsAnswer(NotebookTable):
    """Every function, model and version, in the order of the declared functions."""

    versions: tuple[str, ...]
    listings: tuple[Listing, ...]
    says: str = NOTE


def functions_table(book: Lawbook | None = None) -> FunctionsAnswer:
    """The table of functions by model and version."""
    book = book or shipped()
    versions = tuple((row["id"], row["model"]) for row in declared.rules()["templates.yml"]["templates"])
    found = [
        _listing(book, key, name, version, model) for key, name in functions().items() for version, model in versions
    ]
    return FunctionsAnswer(tuple(version for version, _ in versions), tuple(each for each in found if each))


def _listing(book: Lawbook, key: str, name: str, version: str, model: str) -> Listing | None:
    entry = clause(book, Text(model, version, None, "document read", (version,)), key)
    if entry is None or entry.clause is None:
        return None
    page = _pages().get((version, key))
    times = [each.value for each in entry.parameters if each.name == "time_stated"]
    listed = bool(entry.clause.lists)
    return Listing(
        key,
        name,
        model,
        version,
        listed,
        entry.clause.setting if listed else None,
        False if times == [False] else None,
        entry.says,
        entry.id,
        page["words"] if page else None,
        f"{page['agency']}, {page['state']}" if page else None,
        DocumentPage(page["file"], page["sha256"], int(page["page"])) if page else None,
    )


@cache
def _pages() -> dict[tuple[str, str], dict[str, str]]:
    return {
        (row["version"], row["function"]): row | {"file": f"{row['agency']} ({row['signed']})"}
        for row in declared.rows("law/function-pages.csv")
    }
