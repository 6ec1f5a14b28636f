"""Time that agents worked on tickets."""
