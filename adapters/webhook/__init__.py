"""Other programs that are told of alarms: one signed request for each."""
