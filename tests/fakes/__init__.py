"""Servers that stand in for chat platforms: they keep state and refuse what the platform refuses."""
