"""What tickets hold in custom fields, as rows to be asked for by name and value."""
