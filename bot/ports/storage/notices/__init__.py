"""Who hears of what: choices of agents, followers, and what was told."""
