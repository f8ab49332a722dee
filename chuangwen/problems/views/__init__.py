"""Pages of problems: the ledger, one problem, a new one, the same step for many."""
