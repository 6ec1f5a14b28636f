"""`deskbell settings …`: what may be typed."""
