"""Which days are worked: the State Council's arrangements as data, and counting in working days. Pure."""
