"""What several actions share; called inside their transaction, and from nowhere else."""
