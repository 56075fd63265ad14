"""The tables of history that the record of lists has none of: captures, what lesser sources say, published counts."""

from ledger287.ledger.store.tables import Column, Table

CAPTURES = Table(
    "captures",
    "One capture of ICE's page table, with the caption that the page printed; a caption may be stale.",
    (
        Column("list", "integer", "Number of the list in the history's lists.", ("lists", "list")),
        Column("file", "string", "The name of the list here."),
        Column("capture_day", "date", "Day of the capture in UTC, as the archive names it."),
        Column("caption", "string", "The caption as printed."),
        Column("caption_count", "integer", "The count that the caption gives."),
        Column("caption_as_of", "date", "The day that the caption gives."),
        Column("page", "string", "URL of the archived page."),
    ),
    ("list",),
)
ATTESTED = Table(
    "attested",
    "What a source other than a page table says of one agency.",
    (
        Column("attested", "string", "Id of the statement: its table and line."),
        Column("document", "string", "The document, by the name that declared/history/documents.yml gives it."),
        Column("publisher", "string", "Who says so."),
        Column("title", "string", "The document's title."),
        Column("grade", "string", "list, primary or secondary."),
        Column("as_of", "date", "The day that the statement is about."),
        Column("known_on", "date", "The day on which it became known."),
        Column("file", "string", "The table that it was read from."),
        Column("line", "integer", "Its line there, from 1."),
        Column("copies", "string", "Other lines that are copies of the same statement."),
        Column("same_as", "string", "The capture of a page table that it was typed from, if it was."),
        Column("state", "string", "Postal code of the state."),
        Column("state_printed", "string", "The state, as printed."),
        Column("agency_id", "string", "The agency."),
        Column("agency_printed", "string", "The agency, as printed."),
        Column("says", "string", "listed, pending, signed, document, rescinded or expired."),
        Column("model_printed", "string", "The model, as printed."),
        Column("model", "string", "JEM, TFM or HYB; empty where none is given."),
        Column("signed", "date", "The day of signing that it gives."),
        Column("document_file", "string", "The agreement's file that it names."),
        Column("note", "string", "What the table adds."),
    ),
    ("attested",),
)
PAST_TABLES = (CAPTURES, ATTESTED)
