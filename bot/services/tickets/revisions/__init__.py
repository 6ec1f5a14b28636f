"""Words that were said on a ticket and are said differently now, or not any more."""
