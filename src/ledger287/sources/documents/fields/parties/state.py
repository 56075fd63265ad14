"""The state of the agency that a document names: as printed, never as the place of an office of ICE.

What enters: the text of pages by number, and the agency's name. What leaves: a field. A postal address is the agency's
own under its heading among the points of contact (For the LEA:), or behind its own name. The module promises that
``read`` needs the state with the name, in the agency's own postal address, or in two others that agree; one of an
office of ICE gives no state, since such an office serves several.
"""

import re
from collections import Counter
from collections.abc import Mapping

from ledger287.sources.documents.fields.field import Field, unread
from ledger287.sources.documents.fields.parties.names import letters_of, state_codes


def state_within(name: str) -> str | None:
    """The state that a name holds: DeLand, FL Police Department; Iowa Department of Public Safety."""
    codes = {
        state_codes()[code.casefold()]
        for pattern in (r",\s?([A-Z]{2})\b", r"(?i:\bcounty|\bparish)\s([A-Z]{2})\s(?=(?i:sheriff|police|jail|det))")
        for code in re.findall(pattern, name)
        if code.casefold() in state_codes()
    }
    plain = name.casefold()
    long = sorted((full for full in state_codes() if len(full) > 2 and re.search(rf"\b{full}\b", plain)), key=len)
    if long and not re.search(rf"\b{long[-1]}\s+(?:county|city|parish)\b", plain):
        codes.add(state_codes()[long[-1]])
    return codes.pop() if len(codes) == 1 else None


ADDRESS = re.compile(
    r"(?:[,.]\s?([A-Za-z][A-Za-z01])|,?\s([A-Z]{2})|[,.]?\s([A-Za-z]{4,}(?:\s[A-Za-z]{4,})?))\.?,?\s\d{5}\b"
)
"""The end of a postal address: the code or the name of a state, and a ZIP code."""
OF_ICE = re.compile(
    r"(?i)for\s*(?:the\s*)?(?:ice|dhs)\b|principal\s+legal\s+adv|chief\s*counsel|\bopla\b|homeland\s+security|"
    r"customs\s+enf|field\s+office|joint\s+intake|professional\s+responsibility"
)
"""The words of offices of ICE, and of the heading of its points of contact."""
HEADED = re.compile(r"\b[Ff]or\s*(?:the\s*)?(?:LEA|[Aa]gency|[A-Z]{1,4}(?:SO|PD))\b\W{1,4}(?=[A-Z0-9])")
"""The agency's own heading among the points of contact."""
BEFORE, NAMED = 220, 160
"""So many letters before the end of a postal address its heading is looked for, and the agency's name."""
FEDERAL = re.compile(
    r"(?i)(?:principal\s+legal\s+adv\w+|chief\s+counsel|professional\s+responsibility|joint\s+intake|homeland\s+"
    r"security|customs\s+enforcement|field\s+office|\bopla\b)\W(?:(?!for\s+the\s+lea|sheriff|police).){0,160}?\b\d{5}\b"
)
"""The postal address of an office of ICE, from the office's name to its ZIP code: it says nothing of the agency."""


def state_of(printed: tuple[str, int] | None, name: str | None, texts: Mapping[int, str]) -> Field:
    """The state: printed with the name, or in the agency's own postal address, or in others that agree."""
    if printed:
        return Field(printed[0], "read", printed[1], None, "printed with the agency's name")
    plain = {number: re.sub(r"\s+", " ", text) for number, text in texts.items()}
    own = {state: number for number, text in plain.items() for state in _own_states(text, name)}
    if len(own) == 1:
        [(state, number)] = own.items()
        return Field(state, "read", number, None, "printed in the agency's own postal address")
    return _of_addresses(plain)


def _own_states(plain: str, name: str | None) -> set[str]:
    """The states of the agency's own postal addresses: with its heading or its name, and no office of ICE."""
    wanted = letters_of(name or "")
    found = set()
    for match in ADDRESS.finditer(plain):
        before = OF_ICE.split(plain[max(0, match.start() - BEFORE) : match.start()])[-1]
        named = len(wanted) >= LONG and wanted in letters_of(before[-NAMED:])
        if named or HEADED.search(before):
            found.add(_code(*match.groups()))
    return {code for code in found if code and code != "DC"}


LONG = 10
"""A name has so many letters at least where it is looked for before a postal address."""


def _code(*printed: str | None) -> str | None:
    """The code of a state as printed; capitals are read as other signs too: Ml 49201."""
    text = next((one for one in printed if one), "")
    words = text.split()
    tried = (text, text.translate(AS_CAPITALS), words[-1] if words else "")
    return next((state_codes()[one.casefold()] for one in tried if one.casefold() in state_codes()), None)


def _of_addresses(plain: Mapping[int, str]) -> Field:
    """The state of the postal addresses in a document, those of ICE's offices left out, where they agree."""
    everywhere, own = Counter[str](), Counter[str]()
    first: dict[str, int] = {}
    for number, text in plain.items():
        for code in _printed_states(text):
            everywhere[code] += 1
            first.setdefault(code, number)
        own.update(_printed_states(FEDERAL.sub(" ", text)))
    if not everywhere:
        return unread("no state is printed with the agency's name or in a postal address")
    if not own:
        return unread("a state is printed only in postal addresses of ICE's offices, which serve several")
    (best, most), *others = own.most_common(2)
    if others and others[0][1] * 2 > most:
        return unread("postal addresses of several states")
    sure = not others and (most > 1 or len(everywhere) == 1 < everywhere[best])
    return Field(best, "read" if sure else "doubt", first[best], None, "printed in its postal addresses")


AS_CAPITALS = str.maketrans("l10", "IIO")
"""What the capitals of a state's code are read as: Ml 49201."""


def _printed_states(plain: str) -> list[str]:
    """The states of postal addresses, and those named as such, in a text without line ends."""
    full = "|".join(re.escape(name) for name in state_codes() if len(name) > 2)
    codes = (code.translate(AS_CAPITALS) for code in re.findall(r",\s?([A-Z01l]{2})\.?,?\s\d{5}\b", plain))
    found = [code for code in codes if code.casefold() in state_codes()]
    for pattern in (rf"(?i),\s({full}),?\s\d{{5}}\b", rf"(?i)\bstate of ({full})\b"):
        found += [state_codes()[name.casefold()] for name in re.findall(pattern, plain)]
    return [code for code in found if code != "DC"]
