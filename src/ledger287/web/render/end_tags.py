"""HTML -> the same document without the end tags that HTML lets a page leave out, for a static export.

An end tag goes where the next tag implies it (HTML Standard, section 13.1.2.4, Optional tags): of a list item, a term,
a cell or a row in front of the next one, or of the end of what holds them.
"""

import re

_IMPLIED = re.compile(
    r"</(?:"
    r"li>(?=\s*(?:<li\b|</[uo]l>))"
    r"|d[td]>(?=\s*<d[td]\b)|dd>(?=\s*</d(?:l|iv)>)"
    r"|t[dh]>(?=\s*(?:<t[dh]\b|</tr>))"
    r"|tr>(?=\s*(?:<tr\b|</t(?:head|body)>))"
    r")"
)


def without_implied_ends(page: str) -> str:
    """A page without the end tags that the next tag implies."""
    return _IMPLIED.sub("", page)
