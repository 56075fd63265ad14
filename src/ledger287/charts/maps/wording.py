"""The words on a map: title, legend, notes and source line; the same in every format."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from ledger287.charts.maps.content import Category, MapAgency, MapContent
from ledger287.core import declared
from ledger287.core.text import format_date, plural
from ledger287.ledger.query.answers import ListRef, Status
from ledger287.places.gazetteer.shapes import shapes

MODEL_NAMES = {"JEM": "Jail Enforcement Model", "WSO": "Warrant Service Officer", "TFM": "Task Force Model"}
LABELS: dict[Category, str] = {"both": "Jail and task force", "task": "Task force only", "jail": "Jail only"}
MODELS_SAID = (
    "Jail agreements (Jail Enforcement Model, Warrant Service Officer) apply inside jails; "
    "task force agreements (Task Force Model) during routine police duties."
)
LOCAL_SAID = "Striped: only a city, campus or other local agency, none that serves the entire county"
EDGE_SAID = "Outlined: an agency of the state itself"


def as_written(text: str) -> str:
    """English, unchanged."""
    return text


@dataclass(frozen=True, slots=True)
class MapWords:
    """Everything written around a map.

    ``say`` gives what its legend says in the map's language, ``say_county`` a county's name.
    """

    title: str
    day: str
    counts: str
    models: str
    notes: tuple[str, ...]
    source: str
    model: str | None = None
    say: Callable[[str], str] = as_written
    say_county: Callable[[str], str] = as_written


def label_of(category: Category, model: str | None) -> str:
    """What a fill means; of a map of one model, that model's name."""
    return MODEL_NAMES[model] if model else LABELS[category]


def states_counted(codes: Iterable[str]) -> str:
    """24 states and 2 territories."""
    outside = {code.code for code in declared.territories()}
    found = set(codes)
    said = [
        plural(number, *forms)
        for number, forms in (
            (len(found - outside), ("state", "states")),
            (len(found & outside), ("territory", "territories")),
        )
        if number
    ]
    return " and ".join(said) or "no state"


def words(status: Status, shown: MapContent) -> MapWords:
    """The words of the map of a day."""
    where = f" in {declared.state_names()[status.state]}" if status.state else ""
    which = f"{MODEL_NAMES[status.model]} agreements" if status.model else "287(g) agreements"
    return MapWords(
        f"Where {which} are in force{where}",
        _day(status),
        _counts(status),
        MODELS_SAID if not status.model else "",
        tuple(note for note in (_edge(status), _statewide(status, shown), _unplaced(shown), _changed(shown)) if note),
        _source(status.list),
        status.model,
    )


def _day(status: Status) -> str:
    age = status.list.age_days if status.list else 0
    said = format_date(status.on)
    if age:
        said += f", by a list then {plural(age, 'day')} old"
    return said + (f", as known on {format_date(status.known_on)}" if status.known_on else "")


def _counts(status: Status) -> str:
    said = f"{plural(status.agreements, 'agreement')} of {plural(status.agencies, 'agency', 'agencies')}"
    if status.state:
        return said
    return f"{said} in {states_counted(status.by_state)}"


def _edge(status: Status) -> str:
    after = status.cannot_tell_after
    return f"Cannot tell after {format_date(after)}: the newest list is of that day." if after else ""


def _statewide(status: Status, shown: MapContent) -> str:
    if not shown.statewide:
        return ""
    names = declared.state_names()
    agencies = [agency for group in shown.statewide.values() for agency in group]
    said = f"{plural(sum(agency.count for agency in agencies), 'agreement')} of agencies of a state as a whole: "
    if status.state or len(agencies) <= 6:
        return said + "; ".join(_with_models(agency) for agency in agencies) + "."
    counts = ((sum(agency.count for agency in group), names[state]) for state, group in shown.statewide.items())
    return said + ", ".join(f"{name} {number}" for number, name in sorted(counts, key=lambda c: (-c[0], c[1]))) + "."


def _with_models(agency: MapAgency) -> str:
    return f"{agency.name} ({', '.join(agency.models)})"


def _unplaced(shown: MapContent) -> str:
    if not shown.unplaced:
        return ""
    said = f"Not on the map, because their county is not known: {plural(len(shown.unplaced), 'agency', 'agencies')} "
    named = "; ".join(f"{agency.name}, {agency.state}" for agency in shown.unplaced[:6])
    more = len(shown.unplaced) - 6
    return said + f"({named}{f'; and {more} more' if more > 0 else ''})."


def _changed(shown: MapContent) -> str:
    if not shown.changed:
        return ""
    counties = shapes().counties
    said = (f"{code} as {', '.join(counties[shape].name for shape in drawn)}" for code, drawn in shown.changed.items())
    return f"Counties that changed since {shapes().vintage} are drawn as they were: {'; '.join(said)}."


def _source(found: ListRef | None) -> str:
    if found is None:
        return ""
    return (
        f"Source: ICE, {found.file}, published {format_date(found.published_at.date())}, sha256 {found.sha256[:12]}. "
        f"Boundaries: US Census Bureau, {shapes().vintage}. Drawn by ledger287."
    )
