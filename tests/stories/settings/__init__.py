"""Settings that are changed through the desk."""
