"""What `desk.yaml` may say about answers that are worked out rather than written."""
