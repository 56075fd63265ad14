"""Pages, feeds and an API over one record; the same answers that the command line and Python give.

A request becomes an ``Asked`` (language, day, what was known); a page function turns it with an ``Edition`` (one
record, opened, with its indexes) into a ``Page``; rendering turns that into HTML, JSON or CSV. Nothing that a
visitor types is stored, logged or fetched.
"""
