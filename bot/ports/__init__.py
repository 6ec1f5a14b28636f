"""The desk's borders: small protocols that adapters and storage fulfil."""
