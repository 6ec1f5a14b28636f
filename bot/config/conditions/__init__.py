"""What a rule may ask of a request: one condition a file, with its key in `desk.yaml` and the type of its value."""
