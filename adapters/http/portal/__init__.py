"""The pages of requesters, below `/requests`: what is opened, and what is sent from them."""
