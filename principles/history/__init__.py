"""Where the charter comes from: the version that made each sentence, what changed between two, what happened when."""
