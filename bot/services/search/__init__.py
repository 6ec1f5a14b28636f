"""Search: what somebody typed becomes what storage looks for, within what they may see."""
