"""What the desk knows already."""
