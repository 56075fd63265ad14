"""Agreements on a day and county shapes -> maps as SVG, PNG, GeoJSON and pages."""
