"""What Deskbell suggests of a ticket, accepted; and how learned sorting does."""
