"""Folders of lists -> a record; a record and new lists -> the same record, grown; ICE's page -> new lists."""
