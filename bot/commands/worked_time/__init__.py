"""Commands for time worked on tickets."""
