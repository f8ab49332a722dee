"""Pages of units, regions, people and accounts (HTTP only)."""
