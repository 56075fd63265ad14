"""Clocks: when so many hours have run, with or without the days that a rule leaves out.

What enters: a start time, hours, the days that do not count, and the jail's time zone. What leaves: the earliest time
at which the hours have run. Both clocks of a hold, and the deadline of a complaint, are computed with it. An end is a
limit ("no later than"); it grants no authority to hold until then.
"""

from datetime import timedelta

from ledger287.law.clocks.calendar import Holidays, Zone, counts

HOUR = 3600


def end(
    start: int,
    hours: float,
    excludes: str = "nothing",
    where: Zone | None = None,
    holidays: Holidays | None = None,
    *,
    late: bool = False,
) -> int | None:
    """The earliest time at which ``hours`` have run since ``start``; None where the calendar cannot tell.

    Hours are of elapsed time: a day of 23 or 25 hours counts as that many. Days are the jail's own, from
    local midnight to local midnight; ``holidays`` are those of the lawbook, where a clock leaves them out. ``late``
    leaves out those too that are only perhaps holidays.
    """
    left = round(hours * HOUR)
    if excludes == "nothing":
        return start + left
    if where is None or (day := where.day(start)) is None:
        return None
    at = start
    while True:
        following = where.midnight(day + timedelta(days=1))
        if following is None:
            return None
        if counts(day, excludes, holidays, late=late):
            if at + left <= following:
                return at + left
            left -= following - at
        at, day = following, day + timedelta(days=1)
