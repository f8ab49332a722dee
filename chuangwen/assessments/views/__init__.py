"""Pages of assessments (HTTP only)."""
