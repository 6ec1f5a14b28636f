"""The requester's voice: what a team asks of it, a survey of one resolution, and the rating that answers it."""
