"""What the commands for worked time share."""
