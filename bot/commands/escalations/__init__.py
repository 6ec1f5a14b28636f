"""What agents and leads do about SLA alerts."""
