"""What keeps tickets from being forgotten: requesters are nudged, claims without an answer lapse."""
