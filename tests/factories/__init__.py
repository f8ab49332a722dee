"""Real rows for tests, one module per app; nothing here bypasses an action where an action exists."""
