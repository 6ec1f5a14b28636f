"""Sections of `desk.yaml` about what Deskbell finds itself."""
