"""Writes src/ledger287/declared/custody/zones.csv from the IANA database: ``python scripts/derive_zones.py``.

One line for each interval in which a zone of the United States keeps one offset from UTC. A test holds that
the file agrees with the installed tzdata; run this again when it does not.
"""

import csv
from datetime import UTC, datetime, timedelta
from importlib.resources import files
from pathlib import Path
from zoneinfo import ZoneInfo

COUNTRIES = ("US", "PR", "GU", "VI", "AS", "MP")
FIRST, LAST = datetime(2000, 1, 1, tzinfo=UTC), datetime(2050, 1, 1, tzinfo=UTC)
OUT = Path(__file__).resolve().parents[1] / "src/ledger287/declared/custody/zones.csv"


def zone_names() -> list[str]:
    """The zones of the states and territories, as IANA's zone.tab lists them."""
    lines = files("tzdata").joinpath("zoneinfo/zone.tab").read_text(encoding="utf-8").splitlines()
    return sorted(line.split("\t")[2] for line in lines if line[:2] in COUNTRIES)


def intervals(name: str) -> list[tuple[datetime, int]]:
    """Each time at which the time zone's offset from UTC changes, with the new offset in seconds."""
    zone, found, at = ZoneInfo(name), [(FIRST, _offset(ZoneInfo(name), FIRST))], FIRST
    while at < LAST:
        after = at + timedelta(days=1)
        if _offset(zone, after) != found[-1][1]:
            low, high = at, after
            while high - low > timedelta(seconds=1):
                middle = low + timedelta(seconds=int((high - low).total_seconds()) // 2)
                low, high = (middle, high) if _offset(zone, middle) == found[-1][1] else (low, middle)
            found.append((high, _offset(zone, high)))
        at = after
    return found


def _offset(zone: ZoneInfo, at: datetime) -> int:
    offset = at.astimezone(zone).utcoffset()
    return int(offset.total_seconds()) if offset is not None else 0


def main() -> None:
    with OUT.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(("zone", "since", "offset_minutes"))
        for name in zone_names():
            for since, offset in intervals(name):
                writer.writerow((name, since.strftime("%Y-%m-%dT%H:%M:%SZ"), offset // 60))


if __name__ == "__main__":
    main()
