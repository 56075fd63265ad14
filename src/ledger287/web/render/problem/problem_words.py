"""How a page names the fields of a question in the text of an error: as its forms label them."""

from ledger287.core.query_error import Ask, QueryField, by_name

LABELS = {"since": "from", "until": "to", "known_on": "as known on"}
"""Fields whose label on a page is another word than their name."""


def on_page(part: QueryField | Ask) -> str:
    """``from 2025-08-14``; ``status with state FL``."""
    if isinstance(part, QueryField):
        return by_name(QueryField(LABELS.get(part.name, part.name.replace("_", " ")), part.value))
    return by_name(part)
