"""Views that were saved in chat."""
