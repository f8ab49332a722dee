"""Pages of the office on rounds; units and leaders read what was released."""
