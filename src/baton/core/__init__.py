"""What every app stands on: people who sign in, what happened, files, notices, jobs; no nouns of the trade."""
