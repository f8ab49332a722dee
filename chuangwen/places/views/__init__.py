"""Pages of places and of place types."""
