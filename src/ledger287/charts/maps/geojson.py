"""What a map shows -> GeoJSON: every county as a feature in degrees, with who holds what.

Agencies of a state as a whole, and those that could not be placed, are in the collection's own member
``ledger287``, with the day and the list; so the agreements in the file add up to all of them.
"""

import json
from typing import Any

from ledger287.charts.maps.content import MODELS, MapAgency, MapContent, MapCounty
from ledger287.core.jsonable import as_json
from ledger287.ledger.query.answers import Status
from ledger287.places.gazetteer.shapes import shapes


def geojson(shown: MapContent, status: Status) -> str:
    """The map as a GeoJSON file, on one line a feature."""
    drawn = shapes()
    codes = drawn.of_state(status.state) if status.state else tuple(drawn.counties)
    features = ",\n".join(_dump(_feature(fips, shown.counties.get(fips))) for fips in codes)
    about = {
        "on": status.on,
        "known_on": status.known_on,
        "model": status.model,
        "state": status.state,
        "list": status.list,
        "agreements": status.agreements,
        "agencies": status.agencies,
        "statewide": [_agency(agency) for group in shown.statewide.values() for agency in group],
        "unplaced": [_agency(agency) for agency in shown.unplaced],
        "boundaries": drawn.source,
    }
    return f'{{"type":"FeatureCollection","ledger287":{_dump(as_json(about))},"features":[\n{features}\n]}}\n'


def _dump(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _feature(fips: str, county: MapCounty | None) -> dict[str, Any]:
    shape = shapes().counties[fips]
    return {
        "type": "Feature",
        "id": fips,
        "properties": {
            "fips": fips,
            "name": shape.name,
            "state": shape.state,
            "category": county.category if county else None,
            "local_only": county.local_only if county else None,
            "agreements": county.by_model if county else dict.fromkeys(MODELS, 0),
            "agencies": [_agency(agency) for agency in county.agencies] if county else [],
        },
        "geometry": {"type": "MultiPolygon", "coordinates": shapes().degrees(fips)},
    }


def _agency(agency: MapAgency) -> dict[str, Any]:
    return {
        "id": agency.agency_id,
        "name": agency.name,
        "state": agency.state,
        "kind": agency.kind,
        "counties": list(agency.codes),
        "agreements": dict(agency.agreements),
    }
