"""The commands: each reads its words, calls one verb or query, prints, and answers with its exit status."""
