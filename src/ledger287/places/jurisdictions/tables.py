"""The tables of places that an export adds to the record's own: jurisdictions and counties, declared and filled."""

from typing import TYPE_CHECKING

import polars as pl

from ledger287.ledger.store.tables import AGENCY, Column, Table
from ledger287.places.gazetteer.geography import table as shipped

if TYPE_CHECKING:
    from ledger287.places.atlas import Atlas

JURISDICTIONS = Table(
    "jurisdictions",
    "The place of one agency: derived by ledger287 from its names and the county printed, not printed by ICE.",
    (
        AGENCY,
        Column("state", "string", "Postal code of its state or territory."),
        Column("kind", "string", "What it is, as in county_sheriff or municipal_police."),
        Column("ground", "string", "How its people are counted: state, county, residents, or part (of a county)."),
        Column("counties", "string", "FIPS codes of its counties, the main one first, with ; between."),
        Column("reaches", "string", "FIPS codes of further counties into which its city extends."),
        Column("place", "string", "Its city or town, as the gazetteer names it."),
        Column("ori", "string", "Its number in the FBI's roster."),
        Column("roster_name", "string", "Its name there."),
        Column("roster_type", "string", "Its type there, as in City or County."),
        Column("population_served", "integer", "The number of people in its jurisdiction, by the FBI."),
        Column("officers", "integer", "Its sworn officers, by the FBI."),
        Column("figures_year", "integer", "The year of the FBI's figures."),
        Column("latitude", "number", "Of its place, else the mean of its county's places."),
        Column("longitude", "number", "Of its place, else the mean of its county's places."),
        Column("kind_by", "string", "How the kind was decided: `rule` or `judgement`."),
        Column("county_by", "string", "How the counties were decided: `exact`, `rule`, `judgement` or `none`."),
        Column("ori_by", "string", "How the ORI was decided: `exact`, `rule`, `judgement` or `none`."),
        Column("evidence", "string", "What this rests on, and why something is empty."),
        Column("confidence", "string", "high, medium or low."),
        Column("county_printed", "string", "COUNTY, as ICE printed it last."),
        Column("problem", "string", "Where ICE's county contradicts the resolved one."),
    ),
    ("agency_id",),
)
COUNTIES = Table(
    "counties",
    "One county or county equivalent, former ones included. Population: Census Bureau, vintage 2023.",
    (
        Column("county_fips", "string", "FIPS code."),
        Column("county", "string", "Its name."),
        Column("state", "string", "Postal code of its state or territory."),
        *(
            Column(f"population_{year}", "integer", f"Residents on July 1, {year}.")
            for year in (2020, 2021, 2022, 2023)
        ),
        Column("city_police_population", "integer", "Residents of cities with police of their own, by the FBI."),
        Column("latitude", "number", "Mean of its places."),
        Column("longitude", "number", "Mean of its places."),
        Column("now", "string", "For a former county, the codes of the counties that replaced it, with ; between."),
        Column("since", "integer", "The year of that change."),
        Column("note", "string", "What changed."),
    ),
    ("county_fips",),
)


def place_tables(atlas: "Atlas") -> list[tuple[Table, pl.DataFrame]]:
    """The declared tables with their rows, in the declared types."""
    return [
        (declared, frame.select(*declared.schema).cast(pl.Schema(declared.schema)))
        for declared, frame in ((JURISDICTIONS, atlas.jurisdictions()), (COUNTIES, shipped("counties")))
    ]
