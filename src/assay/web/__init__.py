"""The pages of a case, served to the person at this machine and to nobody else."""
