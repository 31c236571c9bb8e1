"""Who came after whom: the recorded acts, what they make of ownership on a day, and what is shown of them."""
