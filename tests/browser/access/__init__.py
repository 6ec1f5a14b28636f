"""Pages read by everybody: screen readers, keyboards, low vision."""
