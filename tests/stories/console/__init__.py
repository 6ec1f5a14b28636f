"""Agents at the console, with and without scripts."""
