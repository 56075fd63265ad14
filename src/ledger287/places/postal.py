"""The ZIP code at the end of what is typed, as on an envelope -> its five digits, and the words before them.

It is the last that is written: ``123 Main St, Naples FL 34102-1234``. Five digits anywhere else are a house number.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from ledger287.places.gazetteer.geography import Geography

COUNTRY = r"(?:,? *(?:USA|U\.S\.A\.|US|U\.S\.|United States(?: of America)?|EE\. ?UU\.|Estados Unidos))?"
ADDRESS = re.compile(rf"(?P<before>.*[^\W\d].*?)[ ,]+(?P<zip>\d{{5}})(?:[- ]\d{{4}})?{COUNTRY}[ .,]*", re.IGNORECASE)
NAMED = re.compile(r"(?:zip(?: code)?|c[oó]digo postal|c\.?p\.?)[:.]*", re.IGNORECASE)
"""What says only that a ZIP code follows."""
OF_A_COUNTY = re.compile(r"(?:fips|county)(?: code)?[:.]*", re.IGNORECASE)
"""What says that the code of a county follows."""
DIGITS = 5


@dataclass(frozen=True, slots=True)
class AddressZip:
    """A ZIP code, and the words before it; none where they only say that it is one."""

    code: str
    before: str

    def other_state(self, counties: Iterable[str], geography: Geography) -> str | None:
        """The state that the words before it end in, where the counties of the ZIP code are in another one."""
        names, words = names_of_states(geography), self.before.replace(",", " ").casefold().split()
        said = next(filter(None, (names.get(" ".join(words[-count:])) for count in (3, 2, 1))), None)
        return None if said in {geography.every_county[fips].state for fips in counties} else said


def names_of_states(geography: Geography) -> dict[str, str]:
    """Code or name of each state, in small letters -> its code."""
    return {way.casefold(): one.code for one in geography.states.values() for way in (one.code, one.name)}


def too_short(code: str, geography: Geography) -> str:
    """Of a number that is no county's code and too short for a ZIP code: that it is, and the one that it may mean."""
    if len(code) >= DIGITS:
        return ""
    full = code.zfill(DIGITS)
    meant = geography.zips.get(full)
    where = f" ({full} is in {geography.counties[meant[1]].name}, {meant[0]})" if meant else ""
    return f", and a ZIP code has {DIGITS} digits{where}"


def zip_of_address(text: str) -> AddressZip | None:
    """The ZIP code with which words end; None for any other text."""
    found = ADDRESS.fullmatch(" ".join(text.split()))
    if found is None:
        return None
    before = found["before"].strip(" ,")
    if OF_A_COUNTY.fullmatch(before):
        return None
    return AddressZip(found["zip"], "" if NAMED.fullmatch(before) else before)
