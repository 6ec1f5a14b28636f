"""`/desk who`, notes on people, and which accounts are one human's."""
