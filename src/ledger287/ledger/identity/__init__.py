"""Printed names and days -> agencies and agreements with stable ids, by declared decisions."""
