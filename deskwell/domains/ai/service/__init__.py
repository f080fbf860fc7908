"""What the AI does: index articles, think about a question, answer, learn."""
