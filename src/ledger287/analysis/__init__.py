"""Analysis: declared methods over the record and the published figures; each answer a finding with its basis."""
