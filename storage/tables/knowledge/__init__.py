"""The tables of what the desk knows already."""
