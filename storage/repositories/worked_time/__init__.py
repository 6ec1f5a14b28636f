"""Worked time: what was logged, and the timers that run."""
