"""Who hears of what, in tables: choices of agents, followers, and what was told."""
