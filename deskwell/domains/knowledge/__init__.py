"""Knowledge: articles that answer questions, their public pages, and what readers make of them.

Owns:      article_categories, articles, article_versions, passages, article_images, article_redirects,
           article_feedback, article_views, article_searches, article_deflections, search_words,
           synonym_groups
Announces: ArticlePublished, ArticleChanged, ArticleArchived, TopicChanged, SynonymsChanged
Reacts to: nothing
"""
