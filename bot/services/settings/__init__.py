"""Changing `desk.yaml` through the desk: what a change would do, versions, and back again."""
