"""A case is made, opened, read and written as other rooms need it."""
