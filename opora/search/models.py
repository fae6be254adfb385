"""What both databases keep alike. The inverted index itself is made by the migrations, see `dialects`."""

from django.db import models


class Document(models.Model):
    """The short fields of one indexed document, as tokens: what ranking looks at.

    `key` is the kind and the id in one number (`keys.py`).
    """

    key = models.BigIntegerField(primary_key=True)
    title = models.TextField()
    people = models.TextField()
    codes = models.TextField()

    class Meta:
        db_table = "search_document"


class WordForm(models.Model):
    """One written form of a word and one of its stems.

    The pair is deliberately not unique: two writers who meet a new word at once must not wait for each other,
    and a second row changes nothing.
    """

    form = models.CharField(max_length=64)
    stem = models.CharField(max_length=64)

    class Meta:
        db_table = "search_word_form"
        indexes = [
            models.Index(fields=["form", "stem"], name="search_form_stem"),
            models.Index(fields=["stem", "form"], name="search_stem_form"),
        ]
