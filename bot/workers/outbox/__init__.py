"""What must go out is sent, and what is stuck is looked after."""
