"""Nouns and rules of a help desk: plain dataclasses, no await, no vendor, no clock of its own."""
