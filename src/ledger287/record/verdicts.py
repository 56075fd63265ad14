"""Whether a list is accepted, by comparing it with the lists published before it.

The rules look at content alone; their limits are declared in declared/limits.yml. A list set aside
keeps its rows in the record, with the reason, but nothing that only it says enters the history. As a
rule sees only earlier lists, a verdict once given never changes.
"""

from collections import Counter
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from ledger287 import declared
from ledger287.foundation.spans import day_of

Slot = tuple[str, str]
"""Agency id and model: what a list says is there, whatever the signing day."""


@dataclass(frozen=True, slots=True)
class Content:
    """What the rules see of one list: its slots, how often each is printed, and its signing days."""

    rows: int
    slots: Counter[Slot]
    printed_again: int
    signed: dict[Slot, date | None]
    sha256: str
    published_at: datetime
    rows_key: frozenset[object]


@dataclass(frozen=True, slots=True)
class Verdict:
    """``accepted``, or ``set_aside`` with a rule's name and its reason in words."""

    accepted: bool
    rule: str | None = None
    reason: str | None = None


ACCEPTED = Verdict(True)


@dataclass(slots=True)
class Judge:
    """Gives verdicts on the lists of one kind, in the order of their publication."""

    newest: Content | None = None
    seen: set[frozenset[object]] = field(default_factory=set)
    slots_ever: set[Slot] = field(default_factory=set)
    doubted: Content | None = None

    def judge_participating(self, found: Content) -> Verdict:
        """The verdict on the next participating list; an accepted one becomes the newest."""
        verdict = self._participating(found)
        if not verdict.accepted and verdict.rule in ("partial", "padded") and self._said_again(found):
            verdict = Verdict(True, None, f"it says what the list set aside before it said ({verdict.reason})")
        return self._settle(found, verdict)

    def judge_pending(self, found: Content, listed: set[Slot]) -> Verdict:
        """The verdict on the next pending list; ``listed`` are the slots of the newest participating."""
        return self._settle(found, self._pending(found, listed))

    def _settle(self, found: Content, verdict: Verdict) -> Verdict:
        if verdict.accepted:
            self.newest, self.doubted = found, None
            self.seen.add(found.rows_key)
            self.slots_ever |= found.slots.keys()
        else:
            self.doubted = found
        return verdict

    def _said_again(self, found: Content) -> bool:
        before = self.doubted
        if before is None or before.sha256 == found.sha256 or before.rows_key in self.seen:
            return False
        limit = declared.limits()["accept"]["said_again"]
        apart = len(before.slots.keys() ^ found.slots.keys())
        later = found.published_at - before.published_at >= timedelta(days=1)
        return later and apart <= max(1, limit["share"] * len(found.slots))

    def _participating(self, found: Content) -> Verdict:
        limits = declared.limits()["accept"]
        if found.rows == 0:
            return Verdict(False, "empty", "a participating list without a row")
        if found.printed_again >= max(limits["printed_again"]["rows"], limits["printed_again"]["share"] * found.rows):
            return Verdict(False, "padded", f"{found.printed_again} rows are printed more than once")
        newest = self.newest
        if newest is None:
            return ACCEPTED
        lost = newest.slots.keys() - found.slots.keys()
        gained = found.slots.keys() - newest.slots.keys()
        changed = len(lost) + len(gained)
        if (
            found.rows_key in self.seen
            and found.rows_key != newest.rows_key
            and changed >= limits["older_again"]["agreements"]
        ):
            return Verdict(
                False,
                "stale",
                f"its rows are those of an older list; against the newest it lacks {len(lost)} agreements "
                f"and has {len(gained)} that had left",
            )
        periods = max(1.0, (found.published_at - newest.published_at) / timedelta(days=limits["lost"]["per_days"]))
        if len(lost) >= periods * max(limits["lost"]["agreements"], limits["lost"]["share"] * len(newest.slots)):
            return Verdict(False, "partial", f"it lacks {len(lost)} of the {len(newest.slots)} agreements of the list before")
        back = {slot for slot in gained if slot in self.slots_ever}
        if len(back) >= max(limits["returned"]["agreements"], limits["returned"]["share"] * found.rows):
            return Verdict(False, "padded", f"{len(back)} agreements come back at once that had left")
        old = limits["signed_long_before"]
        latest = day_of(newest.published_at) - timedelta(days=old["days"])
        late = [slot for slot in gained if slot not in back and (day := found.signed[slot]) and day < latest]
        if len(late) >= max(old["agreements"], old["share"] * found.rows):
            return Verdict(
                False, "padded", f"{len(late)} agreements are new that were signed over {old['days']} days before"
            )
        return ACCEPTED

    def _pending(self, found: Content, listed: set[Slot]) -> Verdict:
        limits = declared.limits()["accept"]
        if found.printed_again >= max(limits["printed_again"]["rows"], limits["printed_again"]["share"] * found.rows):
            return Verdict(False, "padded", f"{found.printed_again} rows are printed more than once")
        swapped = limits["pending_listed"]
        shared = len(found.slots.keys() & listed)
        if len(found.slots) >= swapped["rows"] and shared >= swapped["share"] * len(found.slots):
            return Verdict(
                False, "swapped", f"{shared} of its {len(found.slots)} agreements already stand on the participating list"
            )
        newest = self.newest
        if newest and found.rows_key in self.seen and found.rows_key != newest.rows_key and found.rows:
            back = len(found.slots.keys() - newest.slots.keys())
            if back >= limits["pending_again"]["rows"]:
                return Verdict(
                    False, "stale", f"its rows are those of an older pending list; {back} come back that had left"
                )
        return ACCEPTED
