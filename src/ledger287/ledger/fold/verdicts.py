"""Whether a list is accepted, by comparing it with the lists published before it.

The rules look at content alone; their limits are declared in declared/limits.yml. An excluded list keeps its rows in
the record, with the reason, but nothing that only it says enters the history. As a rule sees only earlier lists, a
verdict once given never changes.
"""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from ledger287.core import declared
from ledger287.ledger.fold.model import ListMeaning, Slot


@dataclass(frozen=True, slots=True)
class ListContent:
    """A list as the rules see it: its rows, its bytes' hash, when it was published, and why that is in doubt."""

    seen: ListMeaning
    sha256: str
    published_at: datetime
    day: date
    doubt: str | None = None


@dataclass(frozen=True, slots=True)
class Verdict:
    """``accepted``, or ``set_aside`` with a rule's name and its reason in words."""

    accepted: bool
    rule: str | None = None
    reason: str | None = None


ACCEPTED = Verdict(True)


@dataclass(slots=True)
class Judge:
    """Gives verdicts on the lists of one kind, in the order of their publication.

    ``before`` is the key of the accepted list before the newest that said otherwise; ``excluded`` the first of the
    lists excluded since the newest that say the same.
    """

    newest: ListContent | None = None
    before: int | None = None
    keys: set[int] = field(default_factory=set)
    slots_ever: set[Slot] = field(default_factory=set)
    excluded: ListContent | None = None

    def judge_participating(self, found: ListContent) -> Verdict:
        """The verdict on the next participating list; an accepted one becomes the newest."""
        verdict = self._participating(found)
        if not verdict.accepted and verdict.rule in ("partial", "padded", "stale") and self._said_again(found):
            verdict = Verdict(True, None, f"it says what the list excluded before it said ({verdict.reason})")
        return self._record(found, verdict)

    def judge_pending(self, found: ListContent, listed: set[Slot]) -> Verdict:
        """The verdict on the next pending list; ``listed`` are the slots of the newest participating."""
        verdict = self._pending(found, listed)
        if not verdict.accepted and verdict.rule == "stale" and self._said_again(found):
            verdict = Verdict(True, None, f"it says what the list excluded before it said ({verdict.reason})")
        return self._record(found, verdict)

    def _record(self, found: ListContent, verdict: Verdict) -> Verdict:
        if found.doubt and verdict.accepted:
            return Verdict(False, "doubted", found.doubt)
        if verdict.accepted:
            if self.newest and self.newest.seen.key != found.seen.key:
                self.before = self.newest.seen.key
            self.newest, self.excluded = found, None
            self.keys.add(found.seen.key)
            self.slots_ever |= found.seen.signed.keys()
        elif not self._says_the_same(found):
            self.excluded = found
        return verdict

    def _said_again(self, found: ListContent) -> bool:
        excluded = self.excluded
        if excluded is None or excluded.sha256 == found.sha256 or not self._says_the_same(found):
            return False
        older = any(key in self.keys and key != self.before for key in (excluded.seen.key, found.seen.key))
        return not older and found.published_at - excluded.published_at >= timedelta(days=1)

    def _says_the_same(self, found: ListContent) -> bool:
        if self.excluded is None:
            return False
        apart = len(self.excluded.seen.signed.keys() ^ found.seen.signed.keys())
        return bool(apart <= max(1, _rule("said_again")["share"] * len(found.seen.signed)))

    def _participating(self, found: ListContent) -> Verdict:
        seen, newest = found.seen, self.newest
        if newest and newest.seen is seen:
            return ACCEPTED
        if seen.rows == 0:
            return Verdict(False, "empty", "a participating list without rows")
        if seen.printed_again >= _limit("printed_again", seen.rows):
            return Verdict(False, "padded", f"{seen.printed_again} rows are printed more than once")
        if newest is None:
            return ACCEPTED
        lost = newest.seen.signed.keys() - seen.signed.keys()
        gained = seen.signed.keys() - newest.seen.signed.keys()
        if self._is_older(seen, newest.seen) and len(lost) + len(gained) >= _limit("older_again"):
            return Verdict(
                False,
                "stale",
                f"its agreements are those of an older list; against the newest it lacks {len(lost)} "
                f"and has {len(gained)} that the newest does not have",
            )
        if len(lost) >= _loss_limit(len(newest.seen.signed), found.published_at - newest.published_at):
            return Verdict(
                False, "partial", f"it lacks {len(lost)} of the {len(newest.seen.signed)} agreements of the list before"
            )
        back = gained & self.slots_ever
        if len(back) >= _limit("returned", seen.rows):
            return Verdict(False, "padded", f"{len(back)} agreements that were gone come back at once")
        days = _rule("signed_long_before")["days"]
        latest = newest.day - timedelta(days=days)
        late = [slot for slot in gained - back if (day := seen.signed[slot]) is None or day < latest]
        if len(late) >= _limit("signed_long_before", seen.rows):
            reason = f"{len(late)} new agreements were signed over {days} days before, or have no signing day"
            return Verdict(False, "padded", reason)
        return ACCEPTED

    def _pending(self, found: ListContent, listed: set[Slot]) -> Verdict:
        seen, newest = found.seen, self.newest
        if seen.printed_again >= _limit("printed_again", seen.rows):
            return Verdict(False, "padded", f"{seen.printed_again} rows are printed more than once")
        if newest and seen.rows and self._is_older(seen, newest.seen):
            back = len(seen.signed.keys() - newest.seen.signed.keys())
            if back >= _limit("pending_again"):
                return Verdict(
                    False, "stale", f"its rows are those of an older pending list; {back} that were gone come back"
                )
        shared, slots = len(seen.signed.keys() & listed), len(seen.signed)
        if slots >= _rule("pending_listed")["rows"] and shared >= _rule("pending_listed")["share"] * slots:
            return Verdict(
                False, "swapped", f"{shared} of its {slots} agreements are already on the participating list"
            )
        return ACCEPTED

    def _is_older(self, seen: ListMeaning, newest: ListMeaning) -> bool:
        return seen.key in self.keys and seen.key != newest.key


def _rule(name: str) -> dict[str, Any]:
    rule: dict[str, Any] = declared.limits()["accept"][name]
    return rule


def _limit(name: str, of: int = 0) -> float:
    """The number from which a rule holds: its own, or its share of a total where that is more."""
    rule = _rule(name)
    number: int = rule["agreements"] if "agreements" in rule else rule["rows"]
    return float(max(number, rule.get("share", 0) * of))


def _loss_limit(of: int, gap: timedelta) -> float:
    """From how many agreements lost, out of so many and in so long, a list is held to be partial."""
    rule, once = _rule("lost"), _limit("lost", of)
    periods = max(1.0, gap / timedelta(days=rule["per_days"]))
    return float(max(once, min(periods * once, rule["at_most"] * of)))
