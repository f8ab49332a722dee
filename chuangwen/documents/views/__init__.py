"""Pages of papers: the list, drafting, one paper and its verbs, the register of numbers."""
