"""One inbound event, one transaction."""
