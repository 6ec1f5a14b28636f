"""How people sign in at a browser, in `desk.yaml`."""
