"""Pages of places: states, counties, the map, what is near."""
