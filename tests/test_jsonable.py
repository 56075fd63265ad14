"""JSON keys are declared apart from the names of attributes, in answers and in their schemas alike."""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from ledger287.core.jsonable import as_json, key
from ledger287.web.api_v1.schemas import schema_of


@dataclass(frozen=True, slots=True)
class Counted:
    """A count of a day."""

    day: date
    agencies: int = field(metadata=key("count"))
    note: str | None = None


def test_a_renamed_attribute_keeps_its_key() -> None:
    assert as_json(Counted(date(2026, 5, 8), 3)) == {"day": "2026-05-08", "count": 3, "note": None}
    assert as_json((Decimal("3"), Decimal("1.5"))) == [3, 1.5]


def test_the_schema_has_the_key_of_the_answer() -> None:
    found: dict[str, dict[str, Any]] = {}
    schema_of(Counted, found)
    assert list(found["Counted"]["properties"]) == ["day", "count", "note"] == found["Counted"]["required"]
    assert found["Counted"]["properties"]["count"] == {"type": "integer"}
