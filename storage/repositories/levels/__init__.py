"""Rows of tickets that other teams go on with."""
