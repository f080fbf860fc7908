"""Live: what changed, told to the browsers that may know it, as ids and kinds only.

Owns:      presence
Announces: nothing
Reacts to: nothing; it follows the log
"""
