"""What is searched for: the names nearest to one that is not there, and the words that every match has."""
