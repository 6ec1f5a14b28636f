"""Nothing rests forgotten: reminders, snoozed tickets and the message in the morning."""
