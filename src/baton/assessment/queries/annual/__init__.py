"""The annual assessment as pages read it: the year scored, its runs, what is sensitive, each unit's year."""
