"""Files: bytes checked, stored and served; they know no owner.

Owns:      files
Announces: nothing
Reacts to: nothing
"""
