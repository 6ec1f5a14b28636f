"""Who is told of a ticket, and how: decided once, in the transaction of what happened, and written down."""
