"""The AI that answers customers: search, confidence, checked answers, and the record of every run.

Owns:      AI settings per context, runs, word index and vectors of articles, outcomes, confidence models
Announces: AiSettingsChanged
Reacts to: TicketOpened, MessageAdded (waiting turns), ArticlePublished, ArticleChanged, ArticleArchived
"""
