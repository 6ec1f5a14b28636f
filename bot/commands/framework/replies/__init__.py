"""What commands that answer a requester share: they can be taken back, and two who write at once hear of it."""
