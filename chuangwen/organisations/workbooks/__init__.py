"""Excel of units, regions and people."""
