"""Who hears of a ticket besides its assignee and its requester, and may see it."""
