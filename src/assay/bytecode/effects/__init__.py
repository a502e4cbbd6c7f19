"""Effects: what code does when text matches a list, and what it only does when it does not."""
