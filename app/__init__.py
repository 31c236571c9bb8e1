"""炉账: a register of enterprises and what they must do."""
