"""The guided tour of an example: who looks at what, in which order."""
