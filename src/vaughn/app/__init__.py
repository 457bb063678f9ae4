"""The front door: the command line, the HTTP interface and the screens; the only place where two stages meet."""
