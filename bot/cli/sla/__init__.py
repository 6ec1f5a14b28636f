"""`deskbell sla …`: what may be typed."""
