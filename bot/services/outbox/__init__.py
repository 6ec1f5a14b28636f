"""What the desk says, as rows to be delivered: direct notices, rows in words, what was shown last."""
