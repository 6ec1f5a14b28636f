"""The tables, one file a noun; importing the files fills `METADATA`."""
