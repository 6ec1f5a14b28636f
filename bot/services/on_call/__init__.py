"""Who is there: rosters, shifts, cover, absences, and what is amiss with them."""
