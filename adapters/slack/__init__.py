"""Slack: what people do there becomes inbound events, and what the desk shows becomes Block Kit."""
