"""Use cases and loops, one by one."""
