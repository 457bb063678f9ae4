"""The query language of reviewers: typed text in, a tree of what is asked out, or an error that points and explains."""
