"""`deskbell triage …`: what may be typed."""
