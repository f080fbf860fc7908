"""Pure functions of the knowledge base: no session, no clock, no I/O."""
