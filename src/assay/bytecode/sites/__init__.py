"""Where text may meet a list: candidates by calls and by structure, and which of them are worth following."""
