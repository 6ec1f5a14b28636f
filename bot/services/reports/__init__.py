"""Reports over many tickets, read in one transaction."""
