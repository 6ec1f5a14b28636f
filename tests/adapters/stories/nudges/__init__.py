"""What is not forgotten, on each platform."""
