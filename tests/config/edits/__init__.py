"""Texts of desk.yaml that the desk changes itself."""
