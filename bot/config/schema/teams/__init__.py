"""What a team may say of how it works."""
