"""Single compressed streams: each is a container of one member, what it unpacks to."""
