"""`desk.yaml` as administrators edit it at a browser: what a change would do, its versions, and back again."""
