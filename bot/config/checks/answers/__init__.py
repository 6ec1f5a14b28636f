"""What is allowed about answers but probably not meant."""
