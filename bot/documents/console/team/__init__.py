"""A team at a glance: what it has in hand, what is due next, who is on call and who is away."""
