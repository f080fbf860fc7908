"""What mail means: reading, quoting, classifying, threading. Pure functions: no session, no clock, no network."""
