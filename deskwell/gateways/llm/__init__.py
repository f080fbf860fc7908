"""Language models: any OpenAI-compatible endpoint, and the embedding model that ships with the program."""
