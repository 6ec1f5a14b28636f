"""What was typed and is no command as it stands, and what was probably meant."""
