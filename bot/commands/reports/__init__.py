"""Reports of a team’s SLA targets."""
