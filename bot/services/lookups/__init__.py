"""What other systems know of people: kept, shown to the team, and asked for once a request is there."""
