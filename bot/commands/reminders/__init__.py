"""What agents do about reminders, and the message that begins their day."""
