"""The console of agents, leads and administrators: its pages, and what they are told."""
