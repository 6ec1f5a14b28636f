"""Live boards of escalation channels: what is at risk, and when one is drawn again."""
