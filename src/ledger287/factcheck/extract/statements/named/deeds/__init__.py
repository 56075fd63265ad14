"""What a named agency did, read by its verb: signed, has had, gave up, kept, fell off the list."""
