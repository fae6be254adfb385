"""Full-text search: words, index and query language, equal on SQLite and PostgreSQL.

`index` stores and finds documents, `language` reads what a person typed, `highlight` shows why a text was found.
"""
