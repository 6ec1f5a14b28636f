"""Many tickets changed at once: chosen, looked at before, done one by one, and undone."""
