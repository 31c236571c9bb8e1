"""The questions of the register: the facts that would settle what cannot be told, one question a fact, by township."""
