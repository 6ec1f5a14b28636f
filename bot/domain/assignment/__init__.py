"""Who gets a ticket: by turn, by load, by skill, by who helped before."""
