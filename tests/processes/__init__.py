"""The real thing: `deskbell` as processes of its own, started, killed and started again."""
