"""The time zone in which a day of a state's law begins: that of its capital, as ``declared/law/zones.yml`` has it.

What enters: the declared file. What leaves: a zone for each state and territory.
"""

from functools import cache
from zoneinfo import ZoneInfo

from ledger287.core import declared


@cache
def read_zones() -> dict[str, ZoneInfo]:
    """State or territory -> the zone in which its days of law begin."""
    return {code: ZoneInfo(name) for code, name in declared.rules()["zones.yml"]["zones"].items()}


def zones_of(state: str) -> tuple[str, ...]:
    """The names of the zones of a state: one, or several where it is in several."""
    data = declared.rules()["zones.yml"]
    return tuple(data["several_zones"].get(state, (data["zones"][state],)))
