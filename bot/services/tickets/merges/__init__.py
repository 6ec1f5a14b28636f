"""Tickets that say the same are merged: one is worked on, and everybody who asked hears what comes of it."""
