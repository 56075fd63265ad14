"""Pages that another agency's document left in this one: their foot has that agency's name instead of the document's.

What enters: the agency as the document names it, and the text of its pages. What leaves: the other name, by page. Forms
repeat the agency's name on a line of its own, page after page. The module promises to name a page only where most
pages have such a line, this one has not, and a line of it is the name of a local body that no other page prints.
"""

import re
from collections.abc import Mapping

from ledger287.sources.documents.fields.field import Field
from ledger287.sources.documents.fields.parties.names import letters_of, one_line
from ledger287.sources.documents.fields.parties.others import is_of_another, local_name
from ledger287.sources.documents.fields.parties.printed import RUNNING

LEAST = 3
"""On so many pages at least the document's own name is a line by itself."""


def pages_of_others(agency: Field, texts: Mapping[int, str]) -> dict[int, str]:
    """The pages whose foot names another agency, each with that name."""
    if agency.value is None:
        return {}
    wanted = letters_of(agency.value)
    rows = {number: _capitals(text) for number, text in texts.items()}
    own = {number for number, lines in rows.items() if any(wanted in letters_of(line) for line in lines)}
    if len(own) < LEAST or 2 * len(own) < len(texts):
        return {}
    found = {}
    for number in sorted(set(texts) - own):
        names = [name for line in rows[number] if (name := local_name(line)) and not LABELED.search(name)]
        names += [match[1] for match in RUNNING.finditer(one_line(texts[number]))]
        other = [name for name in names if is_of_another(agency.value, name)]
        if len(names) == len(other) and (name := _of_this_page(other, number, texts)):
            found[number] = name
    return found


LABELED = re.compile(r"(?i)^for\b|:")
"""A label, or whom points of contact are for."""
SHORTEST, LONGEST = 8, 120
"""A line that is a name has so many letters."""


def _capitals(text: str) -> list[str]:
    """The lines of a page that begin with a capital and end within it: those that can be a name."""
    rows = (line.strip() for line in text.splitlines())
    return [row for row in rows if SHORTEST <= len(row) <= LONGEST and row[0].isupper() and not row.endswith(".")]


def _of_this_page(names: list[str], number: int, texts: Mapping[int, str]) -> str | None:
    """The first of some names that no other page has."""
    return next(
        (name for name in names if not any(name in text for at, text in texts.items() if at != number)),
        None,
    )
