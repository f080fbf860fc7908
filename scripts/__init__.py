"""What the Makefile calls. Each runs with `uv run python -m scripts.<name>` from the top of the checkout."""
