"""`deskbell init`: what may be typed."""
