"""What a worker may still do: one file a mechanism of the kernel, all of them taken before evidence is read."""
