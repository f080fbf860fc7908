"""Pictures of every screen, in both themes and three widths, into docs/screenshots.

    uv run python -m scripts.screenshots                       all of them, on desks started for it
    uv run python -m scripts.screenshots portal --widths 390   those whose name begins so
    uv run python -m scripts.screenshots --list                names only
    uv run python -m scripts.screenshots --to /tmp/pictures    to look at, without touching docs/

They are there to be looked at: after a change of looks, and by readers of the documentation.
"""
