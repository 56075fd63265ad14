"""How answers of the rules print a value of law with its unit."""


def with_unit(value: str | int | float | bool, unit: str) -> str:
    """48 hours; a condition as yes or no."""
    if isinstance(value, bool):
        said = "yes" if value else "no"
        return said if unit == "condition" else f"{said} ({unit})"
    return f"{value} {unit}" if not isinstance(value, str) or value[:1].isdigit() else f"{value} ({unit})"
