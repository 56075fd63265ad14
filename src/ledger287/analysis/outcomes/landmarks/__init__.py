"""An apprehension site or a facility's name, as typed -> its agency, its county, or cannot tell."""
