"""What each section of `desk.yaml` may say."""
