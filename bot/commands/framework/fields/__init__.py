"""Custom fields in commands: as they are typed, as forms ask for them, and what may be meant meanwhile."""
