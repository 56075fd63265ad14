"""Pages of the record: agencies, models, changes, lists, answers, outcomes, the timeline."""
