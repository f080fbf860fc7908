"""Accounts: people, how they sign in, what their role lets them do, and the keys programs use.

Owns:      users, roles, sessions, one_time_tokens, api_keys
Announces: UserRegistered, UserInvited, UserSignedIn, SignInRefused, SessionsEnded, PasswordChanged, UserChanged
Reacts to: nothing
"""
