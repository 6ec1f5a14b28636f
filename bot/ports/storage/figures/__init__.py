"""What figures ask of the storage."""
