"""The forms of `desk.yaml`: what each asks, and what becomes of what is written in it."""
