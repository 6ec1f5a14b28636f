"""What `desk.yaml` may say of answers that are found rather than written."""
