"""Pure rules of the inbox: reading a search, turning conditions into SQL."""
