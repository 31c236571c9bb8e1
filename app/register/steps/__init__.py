"""Steps against firms: recording them with their papers, what may be done and why, gaps, and how a firm stands."""
