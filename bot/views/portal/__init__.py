"""What a requester's page at a browser says of a request, and what can be pressed there."""
