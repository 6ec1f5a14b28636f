"""The composition root: settings → configuration → storage → platforms → use cases → workers."""
