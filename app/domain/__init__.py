"""What things are: values, vocabulary and frozen records; standard library only."""
