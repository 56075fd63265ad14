"""The columns of the flat tables of agreements, declared once: the command, the API, downloads and documents use them.

A flat table needs no other table: codes have their names next to them, an agency its place, an agreement its days.
"""

from ledger287.ledger.store.tables import Column, Table

AS_PRINTED = (
    Column("agreement_id", "string", "The agreement's id; empty where only a roster from before 2011 names it."),
    Column("agency_id", "string", "The agency's id."),
    Column("agency", "string", "The agency's name, as the list of the day printed it; of all, as printed last."),
    Column("state", "string", "Postal code of the state or territory."),
    Column("county", "string", "COUNTY, as ICE printed it."),
    Column("type", "string", "TYPE, as ICE printed it: county, municipality or state."),
    Column("model", "string", "JEM, WSO or TFM; before 2018 also HYB."),
    Column("signed", "date", "Day of signing."),
    Column("moa", "string", "URL of the agreement's document (MOA)."),
    Column("moa_awaited", "boolean", "Whether ICE printed that the document's link is pending."),
    Column("addendum", "string", "URL of its addendum."),
    Column("times", "integer", "How often the list prints it; it counts once."),
)
"""What ``Ledger.as_of`` gives."""

ADDED = (
    Column("state_name", "string", "Name of the state or territory."),
    Column("model_name", "string", "Name of the model."),
    Column("kind", "string", "What the agency is, as in county_sheriff or municipal_police."),
    Column("statewide", "boolean", "Whether it is an agency of the entire state, prisons included."),
    Column("county_fips", "string", "FIPS codes of the agency's counties, the main one first, with ; between."),
    Column("county_names", "string", "Names of these counties, with ; between; empty for a statewide agency."),
    Column("place", "string", "The agency's city or town."),
    Column("county_population", "integer", "Residents of these counties (Census Bureau, July 1, 2023)."),
    Column("population_served", "integer", "The number of people in the agency's jurisdiction, by the FBI."),
    Column("officers", "integer", "The agency's sworn officers, by the FBI."),
    Column("latitude", "number", "Latitude of the agency's place, else of its county."),
    Column("longitude", "number", "Longitude of the agency's place, else of its county."),
    Column("first_listed", "date", "Day of the first accepted list that has it."),
    Column("last_listed", "date", "Day of the last accepted list that has it."),
    Column("delisted", "date", "Day of the first accepted list without it; empty while it is listed."),
    Column("status", "string", "listed or delisted, by the newest list known."),
    Column("replaces", "string", "Id of the agreement that it replaces."),
    Column("replaced_by", "string", "Id of the agreement that replaces it."),
)

IN_FORCE = Table(
    "agreements_in_force",
    "One agreement in force on a day, with names, days, place and document: everything in one row.",
    (*AS_PRINTED, *ADDED),
    ("agreement_id",),
)
EVER = Table(
    "agreements_ever",
    "One agreement that was ever on a list, with names, days, place and document: everything in one row.",
    (*AS_PRINTED, *ADDED),
    ("agreement_id",),
)

CHANGES = Table(
    "changes",
    "One thing that happened between two lists, as ledger287 changes answers; changes taken back later are left out.",
    (
        Column("day", "date", "Eastern day: of signing for 'signed', of the list for all others."),
        Column("kind", "string", "Kind of change, as in signed or delisted."),
        Column("agency_id", "string", "The agency's id."),
        Column("agency", "string", "The agency's name."),
        Column("state", "string", "Postal code of the state or territory."),
        Column("model", "string", "JEM, WSO or TFM."),
        Column("agreement_id", "string", "The agreement."),
        Column("other_id", "string", "The agreement replaced."),
        Column("field", "string", "The cell that changed."),
        Column("before", "string", "What it held."),
        Column("after", "string", "What it holds."),
        Column("last_list", "string", "File of the last list that said otherwise."),
        Column("first_list", "string", "File of the first list that says so."),
        Column("known_from", "datetime", "Publication of that list (UTC)."),
    ),
    ("day", "kind", "agency_id", "model", "agreement_id", "field", "first_list"),
)
