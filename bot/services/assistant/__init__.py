"""Asking a language model for an agent: what may be asked, what is told of a ticket, and what is kept."""
