"""What a message shows, rendered when it is sent."""
