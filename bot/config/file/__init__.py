"""`desk.yaml` as a file: YAML with lines, the types of its values, what is wrong in plain words."""
