"""What `desk.yaml` may say of answers that the desk has ready."""
