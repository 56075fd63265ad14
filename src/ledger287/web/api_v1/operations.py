"""The operations of the API that read: URL, parameters, answer, words and a real example of each."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from ledger287.analysis.outcomes.landmarks.landmark import LandmarkAnswer
from ledger287.law.agreements.table import FunctionsAnswer
from ledger287.law.authority.authority_answer import AuthorityAnswer
from ledger287.law.lawbook.shown.jurisdictions import JurisdictionsAnswer
from ledger287.law.lawbook.shown.listing import ChangesAnswer, RuleAnswer, RulesAnswer
from ledger287.places.atlas import BoundedStatus, CountyStatus, PlacedAgency
from ledger287.places.coverage.people import Coverage
from ledger287.places.nearby import Near
from ledger287.web.api_v1 import making, outcomes, outcomes_flows, parameters, rows
from ledger287.web.render.languages import N_

ROOT = "/api/v1"


@dataclass(frozen=True, slots=True)
class Operation:
    """One URL of the API. ``example`` are parameters, including those of the path, that have an answer."""

    name: str
    path: str
    says: str
    about: str
    takes: type[parameters.Parameters]
    gives: Any
    make: Callable[..., Any]
    example: Mapping[str, str] = field(default_factory=dict)

    @property
    def address(self) -> str:
        """Its path from the site's root."""
        return ROOT + self.path


AGREEMENT = "ag-pm2afaf-tfm-2025-05-08"

OPERATIONS: tuple[Operation, ...] = (
    Operation(
        "status",
        "/status",
        N_("The program on a day"),
        N_(
            "Agreements, agencies, states and models, by the newest accepted list published by the end of the day. "
            "The answer names that list and says how old it is. Before January 2021 the list is ICE's page or roster "
            "of that time; a day without one has the same keys without values, and bounds."
        ),
        parameters.StatusParameters,
        CountyStatus | BoundedStatus,
        making.status,
        {"on": "2025-08-14", "state": "FL"},
    ),
    Operation(
        "changes",
        "/changes",
        N_("What changed between two days, both included"),
        N_(
            "An agreement is signed on the day of its signing, listed on the day of the first list that has it, and "
            "delisted on the day of the first list without it. Corrections are not events and are listed separately."
        ),
        parameters.ChangesParameters,
        rows.Changes,
        making.changes,
        {"since": "2026-05-01", "until": "2026-05-08", "state": "KY"},
    ),
    Operation(
        "agencies",
        "/agencies",
        N_("Agencies that ICE ever printed"),
        N_(
            "By state and name, with the models under which each has an agreement in force on the day. "
            "q looks for words, or beginnings of words, in every spelling that was printed."
        ),
        parameters.AgenciesParameters,
        rows.Agencies,
        making.agencies,
        {"q": "collier", "on": "2026-05-08"},
    ),
    Operation(
        "agency",
        "/agencies/{agency_id}",
        N_("One agency with all that the lists say of it"),
        N_("Its names, agreements, pending applications, changes and jurisdiction."),
        parameters.AgencyParameters,
        PlacedAgency,
        making.agency,
        {"agency_id": "ag-8zwthaz"},
    ),
    Operation(
        "agreements",
        "/agreements",
        N_("The agreements in force on a day"),
        N_(
            "As the newest accepted list published by the end of the day printed them, each counted once, with names, "
            "place and days of listing; the newest signed first."
        ),
        parameters.AgreementsParameters,
        rows.Agreements,
        making.agreements,
        {"on": "2025-08-14", "state": "MD"},
    ),
    Operation(
        "answer",
        "/answers/{question}",
        N_("The answer to a usual question"),
        N_(
            "waits (from pending to signing), returns (who left and came back), shares (of sheriffs, police, counties "
            "and people), ranks (of states and counties) or growth (month by month): figures, sentences and a table."
        ),
        parameters.QuestionParameters,
        rows.UsualAnswer,
        making.usual,
        {"question": "ranks", "on": "2026-05-08", "of": "county", "by": "agreements", "limit": "5"},
    ),
    Operation(
        "timeline",
        "/timeline",
        N_("What happened since 1996, by day"),
        N_(
            "Agreements, law, findings, orders, money and targets of the nation, of a state or of an agency, each with "
            "who says so, the source and its grade. Figures that differ are all there; nothing is added up."
        ),
        parameters.TimelineParameters,
        rows.TimelineRows,
        making.timeline,
        {"agency": "ag-w7ht4mf", "since": "2007-01-01", "until": "2012-12-31"},
    ),
    Operation(
        "source",
        "/source/{agreement_id}",
        N_("Where each value of an agreement was printed"),
        N_("First and last: file, sha256, sheet, row and column, as printed, with the reading that changed it."),
        parameters.SourceParameters,
        rows.Source,
        making.source,
        {"agreement_id": AGREEMENT, "field": "signed"},
    ),
    Operation(
        "lists",
        "/lists",
        N_("Every list with its verdict"),
        N_("In the order of publication. Excluded lists have the rule and the reason."),
        parameters.ListsParameters,
        rows.Lists,
        making.lists,
        {"set_aside": "true"},
    ),
    Operation(
        "list",
        "/lists/{list_id}",
        N_("One list and its rows as printed"),
        N_("By its file's name, or by at least 8 digits of its sha256."),
        parameters.ListParameters,
        rows.RowsOfList,
        making.one_list,
        {"list_id": "participatingAgencies08142025pm.xlsx", "limit": "5"},
    ),
    Operation(
        "coverage",
        "/coverage",
        N_("How many people live where an agreement is in force"),
        N_(
            "Lower and upper bounds, nobody counted twice; jail models, the task force model and statewide agencies "
            "separately."
        ),
        parameters.CoverageParameters,
        Coverage,
        making.coverage,
        {"on": "2026-05-08", "state": "FL"},
    ),
    Operation(
        "near",
        "/near",
        N_("Every agency with an agreement at a place"),
        N_("Agencies of other places of the county, and statewide ones, are listed separately."),
        parameters.NearParameters,
        Near,
        making.near,
        {"place": "Naples, FL", "on": "2026-05-08"},
    ),
    Operation(
        "rules",
        "/rules",
        N_("The rules in force on a day"),
        N_("Dated, cited provisions; those of a state with those of the nation. Not legal advice."),
        parameters.RulesParameters,
        RulesAnswer,
        making.rules,
        {"on": "2026-05-20", "state": "NM"},
    ),
    Operation(
        "jurisdictions",
        "/jurisdictions",
        N_("What the law of each state does to holds and to agreements"),
        N_(
            "All states, DC and the territories on a day, with standing. A state whose law on holds was not checked "
            "says so, and is never shown as if it had none. Not legal advice."
        ),
        parameters.JurisdictionsParameters,
        JurisdictionsAnswer,
        making.jurisdictions,
        {"on": "2026-05-20", "state": "WA"},
    ),
    Operation(
        "law_changes",
        "/law-changes",
        N_("What changed in the law between two days"),
        N_(
            "Rules that began, ended or were in doubt, and values that changed; with a state, its own first and then "
            "the nation's. Not legal advice."
        ),
        parameters.LawChangesParameters,
        ChangesAnswer,
        making.law_changes,
        {"before": "2026-05-19", "after": "2026-05-20", "state": "NM"},
    ),
    Operation(
        "functions",
        "/functions",
        N_("Every function by model and version of the form"),
        N_(
            "Whether each version lists it, where and in what words, with the page of one agreement that prints them. "
            "It grants no authority."
        ),
        parameters.FunctionsParameters,
        FunctionsAnswer,
        making.functions,
    ),
    Operation(
        "rule",
        "/rules/{rule_id}",
        N_("One rule as it is on a day"),
        N_("In full, whether or not it is in force then. Not legal advice."),
        parameters.RuleParameters,
        RuleAnswer,
        making.rule,
        {"rule_id": "form-i-247a", "on": "2025-08-14"},
    ),
    Operation(
        "authority",
        "/authority",
        N_("Whether an agency's agreement lists a function on a day"),
        N_(
            "With its limits, the state law that applies, and the cell that prints the agreement. It grants no "
            "authority."
        ),
        parameters.AuthorityParameters,
        AuthorityAnswer,
        making.authority,
        {"function": "interrogate", "agency": "Collier County Sheriff's Office", "on": "2025-08-14"},
    ),
    Operation(
        "held",
        "/outcomes/held",
        N_("People held by ICE on a day"),
        N_(
            "By criminality and arresting agency: the snapshot of the day, or the latest before it, with the cell of "
            "each number. Nothing is interpolated."
        ),
        outcomes.HeldParameters,
        outcomes.HeldOn,
        outcomes.held_on,
        {"on": "2026-01-25"},
    ),
    Operation(
        "snapshots",
        "/outcomes/snapshots",
        N_("Every snapshot of people held"),
        N_("In the order of their days, with sums of parts that differ from the printed total, if any do."),
        outcomes.SeriesParameters,
        outcomes.Snapshots,
        outcomes.series,
        {"since": "2026-01-01", "until": "2026-05-08"},
    ),
    Operation(
        "population",
        "/outcomes/population",
        N_("People held in a state or county by day"),
        N_(
            "By two compilations of ICE's records, which are never one series. A county's count under 5 is withheld. "
            "Give a state or a county."
        ),
        outcomes.PopulationParameters,
        outcomes.Population,
        outcomes.population,
        {"county": "13259", "since": "2026-01-01", "until": "2026-01-31"},
    ),
    Operation(
        "added",
        "/outcomes/added",
        N_("Counts of files that the operator of this copy added"),
        N_(
            "Arrests, detainers and people held at midnight, of the nation, a state or a county; null where no file "
            "was added. Not part of the record that ships. A month in which a facility or county held fewer than 5 is "
            "withheld."
        ),
        outcomes.AddedParameters,
        outcomes.Added,
        outcomes.added,
        {"state": "TX"},
    ),
    Operation(
        "identified",
        "/outcomes/identified",
        N_("People identified and removed under 287(g), fiscal years 2006 to 2013"),
        N_(
            "By agency and year, with cells, the decision that says which agency it is, and what the source leaves out."
        ),
        outcomes.IdentifiedParameters,
        outcomes.Identified,
        outcomes.identified_and_removed,
        {"state": "AZ"},
    ),
    Operation(
        "arrests",
        "/outcomes/arrests",
        N_("Arrests by ICE in each state, in two compilations"),
        N_("Side by side, with their windows and differences; they are never added up."),
        outcomes_flows.ArrestsParameters,
        outcomes_flows.Arrests,
        outcomes_flows.arrests,
        {"state": "TX"},
    ),
    Operation(
        "arrests_daily",
        "/outcomes/arrests-daily",
        N_("Arrests by day in five states, and ICE's own posts"),
        N_("ICE's posts are of seven days of January 2025 and were not revised."),
        outcomes_flows.ArrestsParameters,
        outcomes_flows.ArrestsDaily,
        outcomes_flows.arrests_daily,
        {"state": "MN"},
    ),
    Operation(
        "detainers",
        "/outcomes/detainers",
        N_("Detainers of a state by month, and why they were lifted"),
        N_("Published counts are of Pennsylvania and Minnesota. A facility's month under 5 is withheld."),
        outcomes_flows.DetainersParameters,
        dict[str, Any],
        outcomes_flows.detainers,
        {"state": "MN"},
    ),
    Operation(
        "facility",
        "/outcomes/facility",
        N_("People held in one facility by month"),
        N_("By two sources that are never one series, with ICE's averages between its workbooks."),
        outcomes_flows.FacilityParameters,
        outcomes_flows.Facility,
        outcomes_flows.facility,
        {"q": "STWRTGA"},
    ),
    Operation(
        "landmark",
        "/outcomes/landmark",
        N_("Which agency with an agreement on a day, or which county, an apprehension site names"),
        N_("Where that is not certain the verdict is “cannot tell”: nothing is guessed."),
        outcomes_flows.LandmarkParameters,
        LandmarkAnswer,
        outcomes_flows.landmark,
        {"text": "CAP - ELMORE COUNTY JAIL, AL STATE", "on": "2026-05-08"},
    ),
)
BY_NAME = {operation.name: operation for operation in OPERATIONS}
