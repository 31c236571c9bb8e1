"""What dated papers set a county to do: programmes with stages, buckets, targets, criteria; and named places."""
