"""The form of the tables that requests come in as."""
