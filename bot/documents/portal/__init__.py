"""A requester's own requests as pages for browsers, made on the server: they need no script."""
