"""Questions of law by command: rules, authority, rosters of officers."""
