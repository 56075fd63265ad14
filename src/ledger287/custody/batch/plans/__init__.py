"""What an audit is to do: its options, agencies with their models, officers, calendars of zones."""
