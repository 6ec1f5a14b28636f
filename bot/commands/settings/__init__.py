"""`/desk-admin settings …`: versions of `desk.yaml`, what a change would do, and back again."""
