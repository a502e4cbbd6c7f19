"""What of a class survives when all names of its own are changed: the platform it calls, its texts, its order."""
