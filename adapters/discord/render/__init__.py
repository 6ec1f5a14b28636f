"""What the desk shows, in the form Discord takes; pure."""
