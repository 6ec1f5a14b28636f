"""What pages ask over HTTP."""
