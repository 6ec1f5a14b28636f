"""Every command, declared once for all platforms: name, options, role, help, handler."""
