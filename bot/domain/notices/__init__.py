"""Who hears of a ticket, and how: what each agent chose, who follows, and what was told to whom."""
