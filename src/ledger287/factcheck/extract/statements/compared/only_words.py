"""What "the only" of a sentence is said of: of several, in a place named before, and which words are its own.

What enters: a sentence's tokens and the "only" among them. What leaves: yes or no, its words, or what is counted.
"""

import re
from collections.abc import Sequence

from ledger287.factcheck.parse.model import Token
from ledger287.factcheck.parse.parsing import Parsed


def is_of_several(parsed: Parsed, mark: Token) -> bool:
    """Whether "the only" is said of several: the only agencies that have signed are the sheriffs of Lee and Polk."""
    behind = next((one for one in parsed.tokens if one.span.start >= mark.span.end), None)
    return mark.kind == "RANK" and behind is not None and behind.kind == "UNIT" and behind.text.lower().endswith("s")


def words_of_only(tokens: Sequence[Token], mark: Token) -> Sequence[Token]:
    """The words of "only": between commas, its own: the Wells police, the only one in Maine, signed an agreement; and
    those of its own verb: signed a jail agreement on May 13 and is the only one in Maine.
    """
    at = next((place for place, token in enumerate(tokens) if token is mark), 0)
    opens = tokens[at - 2 : at] if at > 1 else ()
    if [token.text.lower() for token in opens] in (["and", "is"], ["and", "remains"], ["but", "is"]):
        return tokens[at:]
    apposed = [token.text.lower() for token in opens] == [",", "the"] or (at > 0 and tokens[at - 1].text == ",")
    closes = next((place for place in range(at, len(tokens)) if tokens[place].text == ","), None)
    return tokens[at:closes] if apposed and closes else tokens


def is_there(parsed: Parsed, mark: Token) -> bool:
    """Whether who is the only one is so in the place that was named before: the only agency there."""
    behind = parsed.sentence.text[mark.span.end - parsed.sentence.span.start :].lower()
    return bool(re.match(r"(?: [\w’'-]+){1,3} (?:there|in the state|in that state|statewide)\b", behind))


def only_of(tokens: Sequence[Token], mark: Token) -> str:
    """Of what somebody is the only one: the only sheriff's office, the only county; else of the agencies."""
    for token in [one for one in tokens if one.span.start >= mark.span.end][:4]:
        if token.kind == "UNIT":
            return token.value if token.value in ("sheriffs", "police", "counties", "campuses") else "agencies"
        if token.kind not in ("PLACE", "FILL", "PROGRAM"):
            break
    return "counties" if mark.text.lower() == "only county" else "agencies"


def only_has(tokens: Sequence[Token]) -> Token | None:
    """The "only" of "In Utah, only the Kane County Sheriff's Office has an agreement"."""
    for at, token in enumerate(tokens[:-3]):
        behind = [one for one in tokens[at + 1 : at + 5] if one.text.lower() != "the"]
        said = [one.text.lower() for one in behind]
        if token.text.lower() == "only" and behind[0].kind == "NAME" and said[1] in ("has", "holds"):
            return token if said[2:3] in (["a"], ["an"], ["agreements"]) else None
    return None
