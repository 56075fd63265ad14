"""What keeps a verdict from being firm: words that were not read, constructions that leave open what is meant."""
