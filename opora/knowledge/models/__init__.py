from opora.knowledge.models.article import Article, Label
from opora.knowledge.models.citation import Citation
from opora.knowledge.models.draft import ArticleDraft
from opora.knowledge.models.file import ArticleFile
from opora.knowledge.models.permission_group import PermissionGroup
from opora.knowledge.models.segment import Segment
from opora.knowledge.models.shelf import Category, Section
from opora.knowledge.models.standing import Standing
from opora.knowledge.models.text import ArticleText, ArticleVersion
from opora.knowledge.models.vote import Vote

__all__ = [
    "Article",
    "ArticleDraft",
    "ArticleFile",
    "ArticleText",
    "ArticleVersion",
    "Category",
    "Citation",
    "Label",
    "PermissionGroup",
    "Section",
    "Segment",
    "Standing",
    "Vote",
]
