"""The tables of places that an export adds to the record's own: jurisdictions and counties, declared and filled."""

from typing import TYPE_CHECKING

import polars as pl

from ledger287.ledger.store.tables import AGENCY, RecordTable, TableColumn
from ledger287.places.gazetteer.geography import table as shipped

if TYPE_CHECKING:
    from ledger287.places.atlas import Atlas

JURISDICTIONS = RecordTable(
    "jurisdictions",
    "The place of one agency: derived by ledger287 from its names and the county printed, not printed by ICE.",
    (
        AGENCY,
        TableColumn("state", "string", "Postal code of its state or territory."),
        TableColumn("kind", "string", "What it is, as in county_sheriff or municipal_police."),
        TableColumn("ground", "string", "How its people are counted: state, county, residents, or part (of a county)."),
        TableColumn("counties", "string", "FIPS codes of its counties, the main one first, with ; between."),
        TableColumn("reaches", "string", "FIPS codes of further counties into which its city extends."),
        TableColumn("place", "string", "Its city or town, as the gazetteer names it."),
        TableColumn("ori", "string", "Its number in the FBI's roster."),
        TableColumn("roster_name", "string", "Its name there."),
        TableColumn("roster_type", "string", "Its type there, as in City or County."),
        TableColumn("population_served", "integer", "The number of people in its jurisdiction, by the FBI."),
        TableColumn("officers", "integer", "Its sworn officers, by the FBI."),
        TableColumn("figures_year", "integer", "The year of the FBI's figures."),
        TableColumn("latitude", "number", "Of its place, else the mean of its county's places."),
        TableColumn("longitude", "number", "Of its place, else the mean of its county's places."),
        TableColumn("kind_by", "string", "How the kind was decided: `rule` or `judgement`."),
        TableColumn("county_by", "string", "How the counties were decided: `exact`, `rule`, `judgement` or `none`."),
        TableColumn("ori_by", "string", "How the ORI was decided: `exact`, `rule`, `judgement` or `none`."),
        TableColumn("evidence", "string", "What this rests on, and why something is empty."),
        TableColumn("confidence", "string", "high, medium or low."),
        TableColumn("county_printed", "string", "COUNTY, as ICE printed it last."),
        TableColumn("problem", "string", "Where ICE's county contradicts the resolved one."),
    ),
    ("agency_id",),
)
COUNTIES = RecordTable(
    "counties",
    "One county or county equivalent, former ones included. Population: Census Bureau, vintage 2023.",
    (
        TableColumn("county_fips", "string", "FIPS code."),
        TableColumn("county", "string", "Its name."),
        TableColumn("state", "string", "Postal code of its state or territory."),
        *(
            TableColumn(f"population_{year}", "integer", f"Residents on July 1, {year}.")
            for year in (2020, 2021, 2022, 2023)
        ),
        TableColumn("city_police_population", "integer", "Residents of cities with police of their own, by the FBI."),
        TableColumn("latitude", "number", "Mean of its places."),
        TableColumn("longitude", "number", "Mean of its places."),
        TableColumn(
            "now", "string", "For a former county, the codes of the counties that replaced it, with ; between."
        ),
        TableColumn("since", "integer", "The year of that change."),
        TableColumn("note", "string", "What changed."),
    ),
    ("county_fips",),
)


def place_tables(atlas: "Atlas") -> list[tuple[RecordTable, pl.DataFrame]]:
    """The declared tables with their rows, in the declared types."""
    return [
        (declared, frame.select(*declared.schema).cast(pl.Schema(declared.schema)))
        for declared, frame in ((JURISDICTIONS, atlas.jurisdictions()), (COUNTIES, shipped("counties")))
    ]
