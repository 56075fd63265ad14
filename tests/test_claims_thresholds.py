"""A part of a state's sheriffs, states counted by how many agencies each has, lists of sheriffs who signed on a day."""

import pytest

from ledger287.factcheck.checking import Checker
from ledger287.factcheck.text.cleaning import read_article
from ledger287.factcheck.text.published import month_or_day

FITS, WRONG = (
    {"supported", "supported_if", "arithmetic_holds"},
    {"contradicted", "was_true", "became_true", "arithmetic_fails"},
)
KINDS = {"+": FITS, "-": WRONG, "?": {"cannot_tell", "figure_fits", "not_in_record"}}
SHARES = (
    ("2026-05-08", "Three quarters of sheriffs in Texas have 287(g) agreements.", "+"),
    ("2026-05-08", "77% of Texas sheriffs have 287(g) agreements.", "+"),
    ("2026-05-08", "More than three in four sheriffs in Texas have 287(g) agreements.", "+"),
    ("2026-05-08", "One in four sheriffs in Georgia has a 287(g) agreement.", "+"),
    ("2026-05-08", "Nearly a quarter of sheriffs in Georgia have 287(g) agreements.", "+"),
    ("2026-05-08", "About 23% of sheriffs in Georgia have 287(g) agreements.", "+"),
    ("2026-05-08", "Half of sheriffs in Tennessee have 287(g) agreements.", "+"),
    ("2025-12-31", "Two in three sheriffs in Texas have 287(g) agreements.", "+"),
    ("2025-12-31", "Some 19% of the sheriffs in Georgia have 287(g) agreements.", "+"),
    ("2026-05-08", "Uno de cada cuatro alguaciles de Georgia tiene un acuerdo 287(g).", "+"),
    ("2026-05-08", "Cerca de una cuarta parte de los alguaciles de Georgia tienen acuerdos 287(g).", "+"),
    ("2026-05-08", "El 77% de los alguaciles de Texas tienen acuerdos 287(g).", "+"),
    ("2026-05-08", "Tres cuartas partes de los alguaciles de Texas tienen acuerdos 287(g).", "+"),
    ("2026-05-08", "Less than 10% of sheriffs in Florida have 287(g) agreements.", "-"),
    ("2026-05-08", "Fewer than one in 10 sheriffs in Florida have 287(g) agreements.", "-"),
    ("2026-05-08", "About 26% of sheriffs in Texas have 287(g) agreements.", "-"),
    ("2026-05-08", "Half of sheriffs in Georgia have 287(g) agreements.", "-"),
    # the number of all agencies of a state is not known
    ("2026-05-08", "A fifth of agencies in Texas have 287(g) agreements.", "?"),
    ("2026-05-08", "One in five agencies in Texas has a 287(g) agreement.", "?"),
    ("2026-05-08", "20% of law enforcement agencies in Texas have agreements.", "??"),
    ("2026-05-08", "Una quinta parte de las agencias de Texas tienen acuerdos 287(g).", "?"),
    ("2026-05-08", "Among agencies in Texas, one in five has a 287(g) agreement.", "?"),
    ("2026-05-08", "A quarter of the sheriffs with 287(g) agreements are in Texas.", "+"),
    ("2026-05-08", "One in five participating agencies is in Texas.", "+"),
    ("2026-05-08", "Half of sheriffs in Virginia have 287(g) agreements.", "?"),
    ("2026-05-08", "Three quarters of sheriffs in Texas and Florida have 287(g) agreements.", "?"),
    ("2026-05-08", "Three quarters of sheriffs in Texas have signed 287(g) agreements since January 2026.", "?"),
    ("2026-05-08", "A third of the police departments in Texas have task force agreements.", "?"),
    ("2026-05-08", "Half of sheriffs in Texas have jail enforcement agreements.", "?"),
)
STATES = (
    ("2025-12-31", "In 34 states at least three agencies take part in 287(g).", "+"),
    ("2025-12-31", "In 14 states, 20 or more agencies take part in 287(g).", "+"),
    ("2025-12-31", "In three states only one agency has a 287(g) agreement.", "+"),
    ("2025-12-31", "In 39 states at least one agency has a 287(g) agreement.", "+"),
    ("2025-12-31", "In 39 states at least two agencies take part in 287(g).", "-"),
    ("2025-12-31", "In 39 states only one agency has a 287(g) agreement.", "-"),
    ("2025-12-31", "In 39 states just one sheriff has a 287(g) agreement.", "-"),
    ("2025-12-31", "En 39 estados al menos dos agencias participan en el 287(g).", "-"),
    ("2025-12-31", "En 39 estados solo una agencia tiene un acuerdo 287(g).", "-"),
    ("2025-12-31", "At least one police department in 39 states has a 287(g) agreement.", "??"),
    ("2025-12-31", "At least one agency in 39 states has a 287(g) agreement.", "++"),
    ("2025-12-31", "In 39 of the states only a single sheriff has joined the program.", "??"),
    ("2026-05-08", "In five states, only one agency joined in April 2026.", "??"),
    ("2026-05-08", "In nine states at least ten agencies have signed 287(g) agreements since January.", "??"),
    ("2025-12-31", "Only one agency in 39 states has a 287(g) agreement.", "??"),
    ("2025-12-31", "At least two agencies in 39 states have 287(g) agreements.", "??"),
    ("2025-12-31", "In 39 states, more than 1,000 agencies have 287(g) agreements.", "++"),
)
LISTS = (
    ("2026-05-08", "The sheriffs of Travis, Dallas and Tarrant counties, Texas, signed 287(g) agreements "
     "on June 16, 2020.", "???"),
    ("2026-05-08", "The Dallas and Tarrant county sheriffs joined in 2020.", "??"),
    ("2026-05-08", "Sheriffs in Dallas, Travis and Tarrant counties signed 287(g) agreements in June 2020.", "???"),
    ("2026-05-08", "The Travis and Tarrant county sheriff's offices signed 287(g) agreements in June 2020.", "??"),
    ("2026-05-08", "The Collier, Pasco and Polk county sheriffs in Florida signed 287(g) agreements on Feb. 26, 2025.",
     "-++"),
    ("2026-05-08", "Los alguaciles de los condados de Dallas y Tarrant, en Texas, firmaron acuerdos 287(g) en 2020.",
     "??"),
    ("2026-05-08", "The sheriffs of Hall, Polk and Cobb counties, Georgia, signed 287(g) agreements in 2020.", "+++"),
    ("2026-05-08", "The Pasco and Polk county sheriffs in Florida signed 287(g) agreements on Feb. 26, 2025.", "++"),
)  # fmt: skip


@pytest.mark.parametrize(("day", "text", "verdicts"), [*SHARES, *STATES, *LISTS])
def test_the_sentence_is_answered(checker: Checker, day: str, text: str, verdicts: str) -> None:
    answers = checker.check(read_article(text.encode(), "synthetic", month_or_day(day))).answers
    seen = [answer.verdict for answer in answers]
    assert len(seen) == len(verdicts), seen
    assert all(verdict in KINDS[kind] for verdict, kind in zip(seen, verdicts, strict=True)), seen
