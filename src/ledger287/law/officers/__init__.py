"""A roster of officers by number -> who is current on a day, who lapses, what is missing."""
