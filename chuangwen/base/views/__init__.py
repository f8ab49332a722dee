"""Pages of imports, exports, files and follow-ups."""
