"""`deskbell kb …`: what may be typed."""
