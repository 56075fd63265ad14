"""The columns of the flat tables of agreements, declared once: the command, the API, downloads and documents use them.

A flat table needs no other table: codes have their names next to them, an agency its place, an agreement its days.
"""

from ledger287.ledger.store.tables import RecordTable, TableColumn

AS_PRINTED = (
    TableColumn("agreement_id", "string", "The agreement's id; empty where only a roster from before 2011 names it."),
    TableColumn("agency_id", "string", "The agency's id."),
    TableColumn("agency", "string", "The agency's name, as the list of the day printed it; of all, as printed last."),
    TableColumn("state", "string", "Postal code of the state or territory."),
    TableColumn("county", "string", "COUNTY, as ICE printed it."),
    TableColumn("type", "string", "TYPE, as ICE printed it: county, municipality or state."),
    TableColumn("model", "string", "JEM, WSO or TFM; before 2018 also HYB."),
    TableColumn("signed", "date", "Day of signing."),
    TableColumn("moa", "string", "URL of the agreement's document (MOA)."),
    TableColumn("moa_awaited", "boolean", "Whether ICE printed that the document's link is pending."),
    TableColumn("addendum", "string", "URL of its addendum."),
    TableColumn("times", "integer", "How often the list prints it; it counts once."),
)
"""What ``Ledger.as_of`` gives."""

ADDED = (
    TableColumn("state_name", "string", "Name of the state or territory."),
    TableColumn("model_name", "string", "Name of the model."),
    TableColumn("kind", "string", "What the agency is, as in county_sheriff or municipal_police."),
    TableColumn("statewide", "boolean", "Whether it is an agency of the entire state, prisons included."),
    TableColumn("county_fips", "string", "FIPS codes of the agency's counties, the main one first, with ; between."),
    TableColumn("county_names", "string", "Names of these counties, with ; between; empty for a statewide agency."),
    TableColumn("place", "string", "The agency's city or town."),
    TableColumn("county_population", "integer", "Residents of these counties (Census Bureau, July 1, 2023)."),
    TableColumn("population_served", "integer", "The number of people in the agency's jurisdiction, by the FBI."),
    TableColumn("officers", "integer", "The agency's sworn officers, by the FBI."),
    TableColumn("latitude", "number", "Latitude of the agency's place, else of its county."),
    TableColumn("longitude", "number", "Longitude of the agency's place, else of its county."),
    TableColumn("first_listed", "date", "Day of the first accepted list that has it."),
    TableColumn("last_listed", "date", "Day of the last accepted list that has it."),
    TableColumn("delisted", "date", "Day of the first accepted list without it; empty while it is listed."),
    TableColumn("status", "string", "listed or delisted, by the newest list known."),
    TableColumn("replaces", "string", "Id of the agreement that it replaces."),
    TableColumn("replaced_by", "string", "Id of the agreement that replaces it."),
)

IN_FORCE = RecordTable(
    "agreements_in_force",
    "One agreement in force on a day, with names, days, place and document: everything in one row.",
    (*AS_PRINTED, *ADDED),
    ("agreement_id",),
)
EVER = RecordTable(
    "agreements_ever",
    "One agreement that was ever on a list, with names, days, place and document: everything in one row.",
    (*AS_PRINTED, *ADDED),
    ("agreement_id",),
)

CHANGES = RecordTable(
    "changes",
    "One thing that happened between two lists, as ledger287 changes answers; changes taken back later are left out.",
    (
        TableColumn("day", "date", "Eastern day: of signing for 'signed', of the list for all others."),
        TableColumn("kind", "string", "Kind of change, as in signed or delisted."),
        TableColumn("agency_id", "string", "The agency's id."),
        TableColumn("agency", "string", "The agency's name."),
        TableColumn("state", "string", "Postal code of the state or territory."),
        TableColumn("model", "string", "JEM, WSO or TFM."),
        TableColumn("agreement_id", "string", "The agreement."),
        TableColumn("other_id", "string", "The agreement replaced."),
        TableColumn("field", "string", "The cell that changed."),
        TableColumn("before", "string", "What it held."),
        TableColumn("after", "string", "What it holds."),
        TableColumn("last_list", "string", "File of the last list that said otherwise."),
        TableColumn("first_list", "string", "File of the first list that says so."),
        TableColumn("known_from", "datetime", "Publication of that list (UTC)."),
    ),
    ("day", "kind", "agency_id", "model", "agreement_id", "field", "first_list"),
)
