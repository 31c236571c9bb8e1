"""What the papers require: clauses as data, one predicate language, evaluation and explanation."""
