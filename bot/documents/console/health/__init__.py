"""What the desk could not deliver and why, and how its parts are, in sentences."""
