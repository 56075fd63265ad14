"""What a fold knows after its newest list, kept with the record, so that the next list is folded without the others."""
