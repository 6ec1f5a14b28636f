"""What agents let a language model do, and what is told of a ticket without one."""
