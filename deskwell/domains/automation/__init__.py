"""Automation: when something happens or time passes, if conditions hold, then actions follow.

Owns:      rules, rule_runs, rule_states
Announces: RuleRan, RuleStopped, RulesChanged
Reacts to: what happens to tickets, before the AI does
"""
