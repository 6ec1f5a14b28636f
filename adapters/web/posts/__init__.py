"""Messages of the workspace, posted and changed."""
