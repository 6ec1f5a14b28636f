"""What the platforms' adapters share and no vendor owns."""
