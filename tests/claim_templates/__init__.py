"""Sentences made from the record by templates, with what is true of them: for the laws of ``test_claims_templates.py``.

``record.py`` counts the record's flat table with polars, apart from the checker; ``facts.py`` has what a sentence says;
``english.py`` and ``spanish.py`` say it; ``drawing.py`` draws a sentence, and makes it false in one of its facts.
"""
