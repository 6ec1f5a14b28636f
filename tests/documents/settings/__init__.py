"""The forms of desk.yaml."""
