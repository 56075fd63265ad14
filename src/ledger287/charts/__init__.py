"""Pictures of the record, in one theme: maps by county, and their growth."""
