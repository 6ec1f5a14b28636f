"""Time worked on tickets."""
