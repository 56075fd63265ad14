"""Writes docs/rules.md from the rules: ``make rules``.

What enters: the declared rules. What leaves: one page of Markdown; the same rules give the same bytes, and a
test holds that the page is current.
"""

import sys
from collections.abc import Iterable
from pathlib import Path

from ledger287.law.agreements.functions import functions
from ledger287.law.lawbook.book import shipped
from ledger287.law.lawbook.provisions import Provision
from ledger287.law.lawbook.shown.wording import with_unit

KINDS = {
    "statute": "Federal statute",
    "regulation": "Regulation",
    "policy": "Policy",
    "form": "Forms",
    "analysis": "Which 48 hours",
    "agreement": "The agreements' texts",
    "fact": "Training, money and history",
    "state_law": "State law",
    "state_policy": "Policies of states",
    "holding": "Courts",
    "oversight": "Reports",
}
MODELS = {"JEM": "Jail Enforcement Model", "WSO": "Warrant Service Officer", "TFM": "Task Force Model"}
HEAD = """# The rules

**This is not legal advice.** It is what the cited texts and accounts say, as dated data, so that an answer can
be followed to its source. An answer grants no authority to question, arrest, hold or do anything else. A rule may
question or end a hold, and never extends one. The software infers nobody's status, origin or removability, keeps no
watch list, matches no faces or plates, searches for no person, and reads officers by number only.

This page is written from `src/ledger287/declared/law/` by `make rules`; edit the rules, not the page. A new rule
needs an `id`, `kind`, `citation`, `source`, `standing`, `checked_until`, `last_checked` and what it says in one
sentence, and a case in `tests/rules/` (`given`, `asked`, `expected`, `why`); then run `make rules` and `make test`.

## Asking

```
ledger287 rules --on 2026-05-20 --state NM
ledger287 rules form-i-247a
ledger287 rules --diff 2026-05-19 2026-05-20
ledger287 rules --table --on 2026-05-20
ledger287 rules --functions
ledger287 rules --table --rules my-acts.yml
ledger287 authority hold --agency "Curry County Sheriff's Office" --state NM --on 2026-05-19
ledger287 authority interrogate --agency ag-xmzr6yc --on 2025-08-14 --setting field --officer officers.csv
ledger287 roster officers.csv --on 2026-03-01 --within 60
```

In Python:

```python
>>> import ledger287
>>> from datetime import date
>>> ledger = ledger287.open()
>>> curry = "Curry County Sheriff's Office"
>>> answer = ledger287.authority(ledger, "hold", curry, state="NM", on=date(2026, 5, 19), setting="jail")
>>> answer.finding.verdict
'listed in the agreement'
>>> [limit.rule for limit in answer.agreements[0].limits]
['ina-287-g-3', 'wso-where', 'wso-tell-ice', 'wso-citizenship-claim', 'wso-interpreter', 'wso-authority', 'nm-hb-9']
>>> answer.says
'This is what the record and the cited texts say. It grants no authority, and is not legal advice.'
>>> table = ledger287.authority_table(ledger, curry, state="NM", on=date(2026, 5, 20))
>>> [each.function for each in table.answers if each.finding.verdict == "barred by state law"]
['serve-arrest-warrant', 'serve-removal-warrant', 'hold']
>>> law = ledger287.rules_on(date(2026, 5, 20), "NM")
>>> [rule.citation for rule in law.rules if rule.kind == "state_law"]
['New Mexico, law on holds (not checked)', 'N.M. HB 9 (2026)']
>>> [change.rule for change in ledger287.changes_of_law(date(2026, 5, 19), date(2026, 5, 20)).changes]
['nm-hb-9']

```

`jurisdictions_on(on, state)` and `functions_table()` are the two tables. `read_roster(file)` reads officers,
`roster(officers, on)` says who is current, and `authority(..., officer=file)` shows their standing with the answer.
`open_lawbook(rules)` adds rules of your own; every function here takes it as `lawbook=`.
What cannot be answered raises `ledger287.Refused`, which says what to do.

## How it answers

**Standing.** `primary`: the text was read. `verified`: the act's own text, a legislature's page or a court's text was
seen. `counted`: counted from ICE's lists or the agreements. `secondary`: an account of it was read. `unverified`: from
memory only; on agreements such a rule never moves a verdict and is shown as open. Of two standings the weaker is
shown: a value is never shown as better checked than its rule, nor a state's limit of a hold better than its hours.

**Agreements and holds.** A bar on agreements and a bar on holds are two rules, each with its own citation and day
(`state_law`: `bears_on`). A hold is compared with every rule of the state on holds: statutes, holdings of its courts,
directives. One whose text was seen makes the hold `missed`. A holding that left officers under a 287(g) agreement
open, a policy, a condition that the record does not have, and an act known by an account or by memory make it
`cannot tell`. Every state, DC and every territory has an entry for every day; where no source was reviewed it is
`not checked`, and a hold there is `cannot tell`, never clean.

A hold for which the law was not checked says so in its first line: of `custody clock`, of `authority`
(`state_law_checked` is false; the verdict's value stays) and on the pages.

**Rules of your own.** `--rules PATH` (of `rules`, `authority`, `custody clock` and `custody audit`) takes a YAML file
or a folder of them, written as the shipped ones are: for an act that you have read and that is `secondary`,
`unverified` or not here. A rule with the id of a shipped one is used in place of it, any other in addition; each is
named on stderr.
A file whose rules are neither shipped ids nor the law of a state is refused, since no answer would ask for them.

**Worked out twice.** Each rule's case was worked out a second time; the differences and what was kept are in
[law-worked-twice.md](law-worked-twice.md).

**Days.** A day of law begins at midnight in the state's own zone (that of its capital), for the nation in US
Eastern time. Enacted, effective and to be complied with by are kept apart. Where sources differ on a day, or give
only a month or a year, the rule is `unsettled` for that span, and what hangs on it is answered `cannot tell`.

**Checked.** `last_checked` is the day as of which a rule was last compared with its source; a rule known only from
memory was never checked. `checked_until` is the last day for whose law that source speaks: for most May 31, 2026, for
a dated account its own day. A later day is answered with that warning. `source` names what was read: the text itself,
or the account of it.

**Verdicts.** `listed in the agreement`, `not listed`, `barred by state law`, `cannot tell`; for each agreement of the
agency, and overall by the best of them in this order: listed, cannot tell, barred, not listed. The record is checked
first: an agreement is in force from its signing until it is known to be gone; between the last list that had it and
the first that did not it is unknown, and so it is where no list was published within 28 days, nor on a day before the
signing day that later lists print, if a list then had it. Missing from one list and back on the next, it was there all
along, once the next list is known. Then its text, then state law. A text that does not list a function is `not listed`
whatever a state asks. A state's bar is `barred by state law` even while it is unknown whether the agreement was in
force. An order of a governor or an attorney general makes it `cannot tell`: whether it is State law under 8 U.S.C.
1357(g)(1) is not settled. A mandate to sign adds no function.

**Texts.** Versions of a model's text overlap, and the day of signing does not say which one an agreement has. Where
the version was not read in its own document ("template assumed"), `template` and `versions` name those that the
available texts print for the week of its signing, else for the nearest weeks (`versions.csv`), and never one that
was first seen later. Of the forms of 2019 and 2020, and of the first task force agreement of 2025, none prints a
date: `JEM 2020`, `WSO 2019-20`, `WSO 2020-07` and `TFM unversioned` are distinguished by their words, where every
page of a document could be read (`undated.csv`). A clause belongs to the versions in whose texts it was read
(`template` and `also` of its rule) and is cited by the agreement's own. `rests_on` is `document` or `form`, and
`own_text` says how far the own document was read: `read`, `version not read` (its text, but not which version it
has), `not legible` (a picture whose text could not be read), `not available`. Every first line says which: "its own
document was read", or "template assumed" with why; of several agreements that give one verdict, the overall answer
has the weaker. `time_stated` is false where a text lists a function and states no time for it, as task force
agreements do for custody ("listed, no time stated"), and `hours_stated` has the hours for which a text allows a
hold. Where several agreements of an agency are or may be in force and differ, the first line has the answer under
each.
`ledger287 rules --functions` has every function by model and version, with the words of one agreement and its page.
`document` and `addendum` are the URLs that ICE's lists give; no addendum was read, and an agreement that has one
says so. Agreements older than any version known have no text here, and are answered `cannot tell`.

**What an agreement must set out.** 8 U.S.C. 1357(g)(5) asks that the agreement state, for each officer, the powers
and duties, the duration of the authority, and the position of the supervising federal official. Each answer says
how the model's text does (`stated`, `in general terms`, `not stated`, `not told` where what was kept of the text
does not say, `no text was read`), and leaves open whether less suffices: no authority that decides it was found. It
moves no verdict.

**Officers.** A roster has one row an officer and model: `officer_id`, `agency`, `model`, `nominated`,
`eligibility_attested`, `trained`, `certified`, `authorised`, `authorised_until`, `revoked`, `under_complaint`,
`refresher` (kept and shown; no text makes an officer lapse without one), as CSV, xlsx or Parquet. Columns that look
like names, birth dates and similar data are refused unless `--drop` names them.
An officer is `current`, `not yet`, `incomplete`, `lapsed`, `revoked`, `removed` (a task force officer under
complaint) or `cannot tell`. No agreement states the length of training, and it is not checked. A last day is
worded "no later than". The standing is by the roster alone; an answer on authority also says where the
record has no agreement of the officer's model in force. A row that cannot be read, and an agency that the record
does not have, are problems with row and column; the rest is read. Days are written as 2025-08-14: 8/9/2025 could be
two days, and is not read.

## JSON

- `rules`: `on`, `state`, `rules`, `not_yet` and `ended` (ids of the rules that began later, or had ended) (or
  `reaches` and `rule`, or `before`, `after`, `changes`), `open_questions` and `says`. A rule has `id`, `says`,
  `kind`, `citation`, `standing`, `checked_until`, `last_checked`, `checked`, `holds`, `territory`, `dates`
  (`enacted`, `effective`, `comply_by`, `ended`, `not_before`), `unsettled` (`since`, `until`, `reaches`, `why`),
  `state_law` (`effect`, `functions`, `open_functions`, `agency_types`, `bears_on`), `clause` (`model`, `template`,
  `topic`, `lists`, `setting`, `also`), `parameters` (`name`, `value`, `unit`, `since`, `until`, `note`, `standing`),
  `not_formalised` (`what`, `why`), `source` and `file`. A change has `rule`, `says`, `citation`, `standing`,
  `territory`, `what`, `before` and `after`.
- `authority`: `function`, `asked`, `agency_id`, `agency`, `state`, `on`, `setting`, `finding` (`verdict`,
  `reasons`, `evidence`, `citations`, `open_questions`), `agreements`, `state_law_for`, `state_law_against`,
  `officers`, `left_out` (officers that the roster names another agency for; in Python also rows of a file that were
  not read), `says`. A cell of evidence has `file`, `sha256`, `sheet`, `row`, `column`; a citation `rule`, `says`,
  `citation`, `standing`, `checked_until`. An agreement has `agreement_id`, `model`, `signed`, `in_force`,
  `template`, `basis`, `document`, `addendum`, `clause`, `limits` (`topic`, `says`, `rule`), `set_out` (`asks`,
  `found`, `note`, `rule`), `finding`, `rests_on`, `versions`, `time_stated`, `state_law_checked`, `hours_stated`,
  `own_text` and `standing` (`in force`, `not in force`, `cannot tell`); so has the answer `rests_on`, `own_text`,
  `time_stated` (false only where none of the agreements that list the function states a time) and
  `state_law_checked`.
- `rules --table`: `on`, `counts`, `jurisdictions` (`code`, `name`, `territory`, `holds`, `a_hold_is`, `agreements`; an
  entry has `does`, `since`, `standing`, `checked_until`, `settled`, `rule`, `citation`, `rules`, `reaches`, the
  kinds of agency, `perhaps_since` and `doubtful_since`), `open_questions`, `says`.
- `rules --functions`: `versions`, `listings` (`function`, `name`, `model`, `version`, `listed`, `setting`,
  `time_stated`, `says`, `rule`, `words`, `agency`, `page`), `says`.
- `roster`: `roster` (`on`, `within`, `officers`, `counts`, `lapsing`, `standings`, `says`) and `problems` (`kind`,
  `file`, `sheet`, `row`, `column`, `expected`, `found`, `remedy`, `sha256`). An officer has `officer_id`, `agency`,
  `model`, `standing`, `current_to`, `missing`, `reasons`, `entry` (the row as the roster has it: `officer_id`,
  `agency`, `model`, `nominated`, `eligibility_attested`, `trained`, `certified`, `authorised`, `authorised_until`,
  `revoked`, `under_complaint`, `refresher`) and `citations`.
"""


def page() -> str:
    """The complete page."""
    parts = [HEAD, _functions(), _counts()]
    for kind, title in KINDS.items():
        entries = [entry for entry in shipped().provisions if entry.kind == kind]
        if entries:
            parts.append(f"## {title}\n\n" + "\n".join(_entry(entry) for entry in entries))
    return "\n".join(parts)


def _functions() -> str:
    """Which function which model's text lists."""
    rules = {(entry.clause.model, entry.clause.topic): entry for entry in shipped().provisions if entry.clause}
    clauses = {key: entry.clause for key, entry in rules.items() if entry.clause}
    lines = ["## Functions by model", "", f"| function | {' | '.join(MODELS.values())} |", "|---|---|---|---|"]
    for key, name in functions().items():
        cells = []
        for model in MODELS:
            found, entry = clauses[model, key], rules[model, key]
            where = "" if found.setting == "any" else f" ({found.setting})"
            timed = all(each.value for each in entry.parameters if each.name == "time_stated")
            cells.append(f"listed{where}{'' if timed else ', no time stated'}" if found.lists else "not listed")
        lines.append(f"| `{key}`: {name} | {' | '.join(cells)} |")
    return "\n".join(lines) + "\n"


def _counts() -> str:
    standings = [entry.standing for entry in shipped().provisions]
    counts = ", ".join(f"{standings.count(word)} {word}" for word in dict.fromkeys(sorted(standings)))
    return f"{len(standings)} rules: {counts}.\n"


def _entry(entry: Provision) -> str:
    where = f", {', '.join(entry.territory)}" if entry.territory else ""
    lines = [f"### {entry.id}", "", f"{entry.says}", ""]
    seen = f"last checked {entry.last_checked}, " if entry.last_checked else "never checked, "
    lines.append(f"- {entry.citation}{where}; {entry.standing}; {seen}for law made until {entry.checked_until}")
    lines += [f"- {line}" for line in _days(entry)]
    for value in entry.parameters:
        span = "".join(f", {word} {day}" for word, day in (("from", value.since), ("until before", value.until)) if day)
        mark = "; unverified" if value.standing == "unverified" != entry.own_standing else ""
        note = f" ({value.note})" if value.note else ""
        lines.append(f"- `{value.name}` = {with_unit(value.value, value.unit)}{span}{note}{mark}")
    lines += [f"- not formalized: {what} ({why})" for what, why in entry.not_formalised]
    lines.append(f"- source: {entry.source}")
    return "\n".join(lines) + "\n"


def _days(entry: Provision) -> Iterable[str]:
    named = ("enacted", "effective", "comply_by", "ended", "not_before")
    days = [f"{name.replace('_', ' ')} {day}" for name in named if (day := getattr(entry.dates, name))]
    if days:
        yield "; ".join(days)
    gap = entry.unsettled
    if gap:
        span = f"{f'from {gap.since}' if gap.since else 'always'}{f' until before {gap.until}' if gap.until else ''}"
        reaches = " for agreements signed before it" if gap.reaches == "existing" else ""
        yield f"unsettled {span}{reaches}: {gap.why}"


def main(arguments: list[str]) -> None:
    """Write the page to the file that is named."""
    Path(arguments[0]).write_text(page(), encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:] or ["docs/rules.md"])
