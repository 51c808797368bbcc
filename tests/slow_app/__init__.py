"""An app of the tests: jobs that say where they are through a pipe, and wait to be killed."""
