"""The audit of a table of cases, as one query: what ``case.decide`` says of each row, over all rows.

What enters: a table of cases (times as integer seconds; see ``reading``), the calendar's tables, the law and a plan.
What leaves: an expression with one row per case. It promises the same answer as ``decide`` (a test compares
them, row by row), on any engine, and that it can stream: no row waits for another.
"""

from collections.abc import Callable, Collection, Mapping

from ledger287.custody.batch.folds.readings import with_readings
from ledger287.custody.batch.plans.officers import AUTHORISED, MODELS, NOT_AUTHORISED, ROLES
from ledger287.custody.batch.plans.plan import FIELDS, OFFICERS, PLACES, TIMES, Plan, bit
from ledger287.custody.batch.plans.reached import reached
from ledger287.custody.case.facts import MODEL_UNKNOWN, UNKNOWN_STATE, model_mask
from ledger287.custody.case.hold_law import Law
from ledger287.custody.case.limits import ASKED, HOLD_TIMES, PAPERS, SURE
from ledger287.custody.case.vocabulary import BLANK, NOT_UNDERSTOOD, codes, number, orders, span
from ledger287.custody.columns.clocks import with_clocks
from ledger287.custody.columns.matching import KEYS, Lines, lines_of, matched
from ledger287.custody.columns.times import read_times
from ledger287.custody.columns.words import absent, any_of, both, flag, int_of, total
from ledger287.custody.duties.table import HELD, NO_HOLD, NOT_ENDED, PERHAPS, PROBLEM, UNTOLD
from ledger287.custody.duties.verdicts import over, with_masks, with_verdicts
from ledger287.custody.relations.column import Column, cases, coalesce, greatest, least, literal, null
from ledger287.custody.relations.table import Table
from ledger287.law.clocks.calendar import DAY


def audit(
    table: Table,
    clocks: Table,
    complaints: Table,
    models: Table | None,
    law: Law,
    plan: Plan,
    officers: Table | None = None,
    by_function: Collection[str] = (),
) -> Table:
    """One row per case, with its hold, clocks, masks of duties and problems, and the events they rest on.

    ``by_function`` are the small tables that the engine finds lines of without a join (``Engine.as_function``).
    """
    given = {"clocks": clocks, "complaints": complaints, "models": models, "officers": officers}
    lines = lines_of({name: one for name, one in given.items() if one is not None}, by_function)
    decided: Callable[[Table], Table] = lambda rows: _decided(rows, lines, law, plan)  # noqa: E731
    if not plan.forms:
        return decided(table)
    return with_readings(table, plan.forms, decided)


def _decided(table: Table, lines: Mapping[str, Lines], law: Law, plan: Plan) -> Table:
    """The decisions on rows of one reading each."""
    table = read_words(table, plan)
    table = read_times(table, plan).bounded(TIMES, reached(law, plan.within))
    table = with_hold(table)
    table = with_models(table, lines.get("models"), plan)
    table = with_officers(table, lines["officers"]) if "officers" in lines else table
    table = with_calendar(table, lines["clocks"], lines["complaints"])
    table = with_clocks(table, law)
    table = with_verdicts(table, law, plan.columns)
    return over(with_masks(table, law, plan.columns))


# -- words and times -------------------------------------------------------------------------------------------


def read_words(table: Table, plan: Plan) -> Table:
    """Codes as numbers, states and zones by their codes; columns that the table has not are blank."""
    missing = {name: null("string") for name in (*FIELDS, *PLACES, *OFFICERS) if name not in table.columns}
    missing |= {name: null("int64") for name in TIMES if name not in table.columns}
    missing |= {"file": literal("", "string")} if "file" not in table.columns else {}
    missing |= {name: literal(0, "int64") for name in ("unclear", "local", "problems") if name not in table.columns}
    table = table.mutate(**missing) if missing else table
    state, lost_state = place_of(table.state, plan.states, plan.state, UNKNOWN_STATE)
    zone, lost_zone = place_of(table.zone, plan.zones, plan.zone, None)
    agency = coalesce(table.agency, literal(plan.agency, "string")) if plan.agency else table.agency
    codes = {f"{name}_code": _code(table[name], plan.spelled.get(name, {})) for name in FIELDS}
    for name in plan.unknown:
        blank, open_ = codes[f"{name}_code"] == BLANK, literal(NOT_UNDERSTOOD, "int8")
        codes[f"{name}_code"] = cases((blank, open_), otherwise=codes[f"{name}_code"])
    found = table.select(
        "file",
        "row",
        "case",
        *(name for name in TIMES),
        "unclear",
        "local",
        *OFFICERS,
        agency=agency,
        given_state=table.state,
        state=state,
        zone=zone,
        **{name: codes[f"{name}_code"] for name in FIELDS},
        problems=table.problems
        + flag(lost_state, "unknown_state")
        + flag(lost_zone, "unknown_zone")
        + flag(_names_a_person(table.case), "personal_case"),
    )
    # A column whose every word is understood, as the survey found it, needs no flag.
    doubtful = [name for name, words in plan.spelled.items() if min(words.values(), default=1) < 0]
    unknown = [flag(found[name] == NOT_UNDERSTOOD, f"unknown_{name}") for name in doubtful]
    return found.mutate(problems=total([found.problems, *unknown]))


def _names_a_person(case: Column) -> Column:
    """A case number that looks like an A-number or a social security number; the first sign excludes most others."""
    letter = ((case >= "A") & (case < "B")) | ((case >= "a") & (case < "b"))
    digit = (case >= "0") & (case < ":")
    alien = case.matches(r"^[Aa][-# ]*\d{3}[- ]?\d{3}[- ]?\d{2,3}$")
    social = cases((case.length() == 11, case.matches(r"^\d{3}-\d{2}-\d{4}$")), otherwise=False)
    return cases((letter, alien), (digit, social), otherwise=False)


def place_of(
    column: Column, words: Mapping[str, str | None], default: str | None, lost: str | None
) -> tuple[Column, Column]:
    """A place by what is written for it, and whether what is written is none."""
    if all(word == name for word, name in words.items()):
        # Every word stands for itself, as the survey found.
        return (column if default is None else column.fill_null(default)), literal(False)
    known = [(column == word, name) for word, name in words.items() if name is not None]
    blank = column.isnull() | (column == "") if words else column.isnull()
    stands = literal(default, "string")
    unread = literal(lost, "string")
    return cases((blank, stands), *known, otherwise=unread), cases(
        (blank, False), *((is_it, False) for is_it, _ in known), otherwise=True
    )


def _code(column: Column, words: Mapping[str, int]) -> Column:
    """A code's number; 0 for a blank, -1 for a word that is not a code."""
    known = [(column == word, literal(code, "int8")) for word, code in words.items() if code > 0]
    if words and min(words.values()) >= 0:
        # The survey found every word, and each is understood: any other cell is blank.
        return cases(*known, otherwise=literal(0, "int8"))
    nothing = [*([""] if words else []), *(word for word, code in words.items() if code == 0 and word)]
    blank = column.isnull() | column.isin(nothing)
    return cases((blank, literal(0, "int8")), *known, otherwise=literal(-1, "int8"))


ORDERS_OF_HOLDS = tuple(f"{order.after}_before_{order.before}" for order in orders() if order.holds)
"""Orders of events that a hold's length rests on."""
INSTEAD = ("hold_started", "custody_passed_to_ice")
"""From when a hold is counted where it is not recorded when the person was otherwise releasable."""


# -- the hold --------------------------------------------------------------------------------------------------


def with_hold(table: Table) -> Table:
    """Whether there was a hold, when it began and when the person left (``limits.hold_of``)."""
    unclear: Callable[..., Column] = lambda *events: (table.unclear & sum(map(bit, events))) != 0  # noqa: E731
    known: Callable[..., Column] = lambda events: any_of(table[event].notnull() for event in events)  # noqa: E731
    wrong = {f"{order.after}_before_{order.before}": table[order.after] < table[order.before] for order in orders()}
    paid, denied = (table.paid_detention == number("paid_detention", word) for word in ("yes", "no"))
    unread = table.paid_detention == NOT_UNDERSTOOD
    denied = denied & ~absent(table, "contract_began")
    doubted = denied | (unread & ~absent(table, "custody_passed_to_ice"))
    lost = unclear("released", "ice_took_person", "contract_began") | (paid & unclear("custody_passed_to_ice"))
    perhaps = cases((unread, table.custody_passed_to_ice), (denied, table.contract_began), otherwise=null("int64"))
    contract = cases((paid, table.custody_passed_to_ice), otherwise=null("int64"))
    contract = least(cases((denied, null("int64")), otherwise=table.contract_began), contract)
    asked = (known(ASKED) | unclear(*ASKED)) & (table.hold_for != number("hold_for", "other"))
    doubt = table.hold_for == NOT_UNDERSTOOD
    table = table.mutate(first_end=least(table.released, table.ice_took_person), asked=asked)
    against = _contradictions(table)
    wrong |= {name: table.asked & one for name, one in against.items()}
    contradictory = sum(PROBLEM[name] for name in (*against, *ORDERS_OF_HOLDS))
    # Hardly a row has one: which it has is worked out for those only.
    flags = total(flag(one, name) for name, one in wrong.items())
    table = table.mutate(
        lost=lost,
        sure=known(SURE),
        wrong=cases((any_of(wrong.values()), flags), otherwise=int_of(0)),
        contract_doubted=doubted.fill_null(False),
        perhaps=perhaps,
        contract_end=contract,
        problems=table.problems + flag(denied.fill_null(False), "contract_denied"),
    )
    table = table.mutate(contradicts=(table.wrong & int_of(contradictory)) != 0)
    blank = table.asked & table.contradicts
    fallback = cases((unclear("charges_cleared"), null("int64")), otherwise=coalesce(*(table[one] for one in INSTEAD)))
    ends = least(table.first_end, table.contract_end)
    table = table.mutate(
        start=cases(
            (blank, null("int64")), (table.charges_cleared.notnull(), table.charges_cleared), otherwise=fallback
        ),
        left=cases((blank | table.lost, null("int64")), otherwise=ends),
        problems=table.problems + table.wrong,
    ).drop("wrong", "contract_end", "first_end")
    until = cases((table.contract_doubted, coalesce(table.perhaps, table.start)), otherwise=null("int64"))
    table = table.mutate(sure_left=cases((table.start.notnull() & table.left.notnull(), least(table.left, until)),
                                    otherwise=null("int64")))  # fmt: skip
    hold = cases(
        (~table.asked, NO_HOLD),
        (table.contradicts | table.start.isnull(), UNTOLD),
        (table.left.isnull() & (table.lost | table.contract_doubted | doubt), UNTOLD),
        (table.left.isnull(), NOT_ENDED),
        (table.left <= table.start, NO_HOLD),
        (doubt | ~known(ASKED) | (table.sure_left <= table.start), UNTOLD),
        (table.sure, HELD),
        (table.ice_took_person.isnull(), PERHAPS),
        (table.left - table.start > span("release_processing_hours"), HELD),
        (absent(table, "detainer_received") & absent(table, "warrant_received"), UNTOLD),
        otherwise=PERHAPS,
    ).cast("int8")
    first = least(*(table[event] for event in HOLD_TIMES))
    return table.mutate(
        hold_first=cases((blank & ~unclear(*HOLD_TIMES), first), otherwise=null("int64")),
        hold=hold,
    )


def _contradictions(table: Table) -> dict[str, Column]:
    """What the times of a hold say against one another (``limits.contradictions``)."""
    ends, starts = (table.released, table.ice_took_person), (table.charges_cleared, table.hold_started)
    first, days = table.first_end, span("year_days")
    early, late = first - days, first + days
    return {
        "left_before_hold": any_of(first < begun for begun in starts),
        "ends_differ": both(*(end.notnull() for end in ends), greatest(*ends) - first > span("same_end_minutes")),
        "year_out_of_place": any_of(begun < early for begun in starts)
        | any_of(table[paper] > late for paper in PAPERS),
    }


def with_models(table: Table, models: Lines | None, plan: Plan) -> Table:
    """The agency's models on the day: as the table states them, else as the record has them."""
    table = table.mutate(anchor=coalesce(table.start, *(table[event] for event in TIMES)))
    masks = plan_masks()
    stated = cases(
        *((table.model == code, literal(mask, "int8")) for code, mask in masks.items()),
        otherwise=null("int8"),
    )
    unknown = literal(plan.model, "int8")
    if models is None or "agency" not in plan.columns:
        return table.mutate(
            models=coalesce(cases((table.model == -1, literal(MODEL_UNKNOWN, "int8")), otherwise=stated), unknown)
        )
    words = {"agency": table.agency, "state": table.given_state.fill_null("")}
    joined = matched(table, models, "of_", words, table.anchor.fill_null(0))
    found = cases((joined.anchor.isnull(), unknown), otherwise=coalesce(joined.of_models, unknown))
    return joined.mutate(
        models=cases((joined.model == -1, literal(MODEL_UNKNOWN, "int8")), (stated.notnull(), stated), otherwise=found),
        problems=joined.problems
        + flag(joined.agency.notnull() & (joined.of_known.fill_null(True) == False), "unknown_agency"),  # noqa: E712
    ).drop("of_known", "of_models", "of_listed")


def with_officers(table: Table, officers: Lines) -> Table:
    """The standing of each officer on the day of service or of the hold's start (``officers.with_roster``)."""
    for column, events in ROLES.items():
        days = [((table[event].notnull() | ((table.unclear & bit(event)) != 0)), table[event]) for event in events]
        at = cases(*days, otherwise=table.start)
        table = table.mutate(officer_at=at, written=table[column].fill_null(""))
        words = {"agency": table.agency.fill_null(""), "officer": table.written, "zone": table.zone.fill_null("")}
        joined = matched(table, officers, "of_", words, table.officer_at.fill_null(0))
        unlisted = ~joined.of_listed
        standing = cases(
            (joined.written == "", literal(BLANK, "int8")),
            (unlisted | joined.officer_at.isnull(), literal(NOT_UNDERSTOOD, "int8")),
            otherwise=_under(joined),
        )
        unknown = (joined.written != "") & unlisted
        table = joined.mutate(
            **{f"{column}_standing": standing.fill_null(NOT_UNDERSTOOD)},
            problems=_either(joined.problems, unknown, "unknown_officer"),
        ).drop(*(name for name in joined.columns if name.startswith("of_")), "officer_at", "written")
    return table


def _under(joined: Table) -> Column:
    """An officer's standing in an agency of the row's models (``officers.under``)."""
    counts = {name: (joined.models & (bit | MODEL_UNKNOWN)) != 0 for name, bit in MODELS.items()}
    has: Callable[[int], Column] = lambda code: any_of(  # noqa: E731
        (counts[name] & (joined[f"of_standing_{name.lower()}"] == code)).fill_null(False) for name in MODELS
    )
    best = [(has(code), literal(code, "int8")) for code in (AUTHORISED, NOT_UNDERSTOOD)]
    return cases(*best, otherwise=literal(NOT_AUTHORISED, "int8"))


def _either(problems: Column, condition: Column, problem: str) -> Column:
    """Problems with one more, which they may have already."""
    lacks = (problems & PROBLEM[problem]) == 0
    return problems + flag(condition & lacks, problem)


def plan_masks() -> dict[int, int]:
    """The number of each code of a model -> its mask."""
    return {number("model", name): model_mask(number("model", name)) for name in codes("model")}


def with_calendar(table: Table, clocks: Lines, complaints: Lines) -> Table:
    """The regulation's clock from the hold's start, a complaint's from its filing, and the local month."""
    for name, lines, at in (("clock", clocks, "anchor"), ("complaint", complaints, "complaint_filed")):
        table = table.mutate(**{f"{name}_utc_day": table[at] // DAY})
        day = table[f"{name}_utc_day"]
        table = matched(table, lines, f"{name}_", {"zone": table.zone}, day.cast("int32"))
        table = table.mutate(**{f"{name}_begun": table[at] - (day * DAY + table[f"{name}_midnight"])})
        begun = table[f"{name}_begun"]
        table = table.mutate(
            **{
                f"{name}_end": _by_line(table, table[at], begun, f"{name}_"),
                f"{name}_late": _by_line(table, table[at], begun, f"{name}_late_"),
                f"{name}_month": (day + table[f"{name}_shift"] + cases((begun < 0, 0), otherwise=1)).as_month(),
            }
        ).drop(
            f"{name}_utc_day",
            f"{name}_begun",
            f"{name}_listed",
            *(f"{name}_{column}" for column in lines.table.columns if column not in KEYS[lines.name].all),
        )
    return table.mutate(
        regulation_end=cases((table.start.notnull(), table.clock_end), otherwise=null("int64")),
        regulation_late=cases((table.start.notnull(), table.clock_late), otherwise=null("int64")),
        complaint_due=table.complaint_end,
        month=table.clock_month,
    ).drop("clock_end", "clock_late", "clock_month", "complaint_end", "complaint_late", "complaint_month")


def _by_line(table: Table, at: Column, begun: Column, prefix: str) -> Column:
    """When a clock ends that starts ``begun`` seconds from the midnight of its UTC day (``calendars.clock_table``)."""
    later = cases(
        (begun < 0, begun * table[f"{prefix}before_slope"] + table[f"{prefix}before"]),
        (begun == 0, table[f"{prefix}at_midnight"]),
        otherwise=begun * table[f"{prefix}after_slope"] + table[f"{prefix}after"],
    )
    return at - begun + later
