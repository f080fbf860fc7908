"""Pure rules about tickets: no session, no clock, no I/O."""
