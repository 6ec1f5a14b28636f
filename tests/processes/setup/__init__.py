"""`deskbell init` as somebody types at it."""
