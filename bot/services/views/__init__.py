"""Views: which there are for somebody, saved and removed, and how many tickets each holds."""
