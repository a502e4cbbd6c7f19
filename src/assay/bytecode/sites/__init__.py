"""Where text may meet a list: candidates over everything, told by calls and by structure, and which are worth following."""
