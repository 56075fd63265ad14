"""The tables of history that the record of lists has none of: captures, what lesser sources say, published counts."""

from ledger287.ledger.store.tables import RecordTable, TableColumn

CAPTURES = RecordTable(
    "captures",
    "One capture of ICE's page table, with the caption that the page printed; a caption may be stale.",
    (
        TableColumn("list", "integer", "Number of the list in the history's lists.", ("lists", "list")),
        TableColumn("file", "string", "The name of the list here."),
        TableColumn("capture_day", "date", "Day of the capture in UTC, as the archive names it."),
        TableColumn("caption", "string", "The caption as printed."),
        TableColumn("caption_count", "integer", "The count that the caption gives."),
        TableColumn("caption_as_of", "date", "The day that the caption gives."),
        TableColumn("page", "string", "URL of the archived page."),
    ),
    ("list",),
)
ATTESTED = RecordTable(
    "attested",
    "What a source other than a page table says of one agency.",
    (
        TableColumn("attested", "string", "Id of the statement: its table and line."),
        TableColumn("document", "string", "The document, by the name that declared/history/documents.yml gives it."),
        TableColumn("publisher", "string", "Who says so."),
        TableColumn("title", "string", "The document's title."),
        TableColumn("grade", "string", "list, primary or secondary."),
        TableColumn("as_of", "date", "The day that the statement is about."),
        TableColumn("known_on", "date", "The day on which it became known."),
        TableColumn("file", "string", "The table that it was read from."),
        TableColumn("line", "integer", "Its line there, from 1."),
        TableColumn("copies", "string", "Other lines that are copies of the same statement."),
        TableColumn("same_as", "string", "The capture of a page table that it was typed from, if it was."),
        TableColumn("state", "string", "Postal code of the state."),
        TableColumn("state_printed", "string", "The state, as printed."),
        TableColumn("agency_id", "string", "The agency."),
        TableColumn("agency_printed", "string", "The agency, as printed."),
        TableColumn("says", "string", "listed, pending, signed, document, rescinded or expired."),
        TableColumn("model_printed", "string", "The model, as printed."),
        TableColumn("model", "string", "JEM, TFM or HYB; empty where none is given."),
        TableColumn("signed", "date", "The day of signing that it gives."),
        TableColumn("document_file", "string", "The agreement's file that it names."),
        TableColumn("note", "string", "What the table adds."),
    ),
    ("attested",),
)
PAST_TABLES = (CAPTURES, ATTESTED)
