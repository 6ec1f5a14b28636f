"""How commands are declared, found, read, checked and done."""
