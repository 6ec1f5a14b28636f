"""What texts mean, by a small model on this machine; the optional extra `answers` brings it."""
