"""Co-pilot: what the AI does for agents: drafts, rewriting, summaries, suggestions. It proposes, people decide.

Owns:      nothing (its runs are kept by ai)
Announces: nothing
Reacts to: nothing
"""
