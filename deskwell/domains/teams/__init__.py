"""Teams: groups of agents, who leads them, and whose turn it is.

Owns:      teams, team_members
Announces: TeamChanged
Reacts to: nothing
"""
