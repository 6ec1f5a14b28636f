"""SLA policies, timers, and their history replayed."""
