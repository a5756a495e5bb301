"""The command `fraglint`, which this package brings, is no Python; see __main__.py."""
