"""Questions of days before January 2021: pages and rosters of that time, bounds, and the years between."""
