"""Forms: cleaning what was typed, nothing else."""
