"""Pages of assessment systems: reading, drafts, the tree edited by hand."""
