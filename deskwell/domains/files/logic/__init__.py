"""Pure rules about files: what the bytes are, what a name may be, which range was asked for."""
