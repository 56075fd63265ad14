"""What was read of documents, as text: each field with its certainty and page, and the problems of each document."""

from typing import TYPE_CHECKING, Any

from ledger287.core.text import plural, seen

if TYPE_CHECKING:
    from rich.console import Console

SHOWN = (
    "model", "version", "agency", "state", "ice_signed", "ice_office", "agency_signed", "agency_office", "effective",
    "term", "ending_by_ice", "ending_by_agency",
)  # fmt: skip
NAMES = {
    "model": "model",
    "version": "form of",
    "agency": "agency",
    "state": "state",
    "ice_signed": "ICE signed",
    "agency_signed": "agency signed",
    "ice_office": "  as",
    "agency_office": "  as",
    "effective": "in effect from",
    "term": "lasts",
    "ending_by_ice": "ICE ends it by",
    "ending_by_agency": "agency ends by",
}


def show_documents(out: "Console", rows: list[dict[str, Any]]) -> None:
    """Print what was read of documents as text."""
    from rich.markup import escape

    for row in rows:
        known = f"sha256 {row['sha256'][:16]}" if row["sha256"] else "not opened"
        out.print(f"[bold]{escape(seen(row['file']))}[/bold]  [dim]{known}[/dim]", soft_wrap=True)
        _show_row(out, row)
        for number, further in enumerate(row.get("also", ()), 2):
            out.print(f"  [bold]agreement {number} in the same file[/bold]")
            _show_row(out, further)
    out.print(f"[dim]{plural(len(rows), 'document')}[/dim]")


def _show_row(out: "Console", row: dict[str, Any]) -> None:
    """Print the fields and the problems of one agreement."""
    from rich.markup import escape

    for name in SHOWN if any(row[name]["value"] for name in SHOWN) else ():
        field = row[name]
        page = f", page {field['page']}" if field["page"] else ""
        value = escape(seen(field["value"] or "-"))
        why = f": {escape(seen(field['why']))}" if field["why"] and field["certainty"] != "read" else ""
        out.print(f"  {NAMES[name]:<14} {value}  [dim]{field['certainty']}{page}{why}[/dim]", soft_wrap=True)
    for addendum in row["addenda"]:
        days = f"ICE {_value(addendum['ice_signed'])}, the agency {_value(addendum['agency_signed'])}"
        out.print(f"  {'addendum':<14} signed by {days}  [dim]page {addendum['page']}[/dim]", soft_wrap=True)
    for appendix in row["appendices"]:
        title = escape(seen(_value(appendix["title"])))
        out.print(f"  {'appendix ' + appendix['letter']:<14} {title}  [dim]page {appendix['title']['page']}[/dim]")
    for problem in row["problems"]:
        where = f"page {problem['page']}: " if problem["page"] else ""
        said = f"{where}expected {problem['expected']}; found {problem['found']}. {problem['remedy']}"
        out.print(f"  problem: {escape(seen(said))}", soft_wrap=True)


def _value(field: dict[str, Any]) -> str:
    """A field's value, with its certainty where it is not read."""
    if field["value"] is None:
        return "unread"
    return str(field["value"]) + ("" if field["certainty"] == "read" else " (doubt)")
