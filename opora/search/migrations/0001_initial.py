from django.db import migrations, models

SQLITE = [
    # "ascii" splits at ASCII marks only; ours join at most the parts of a mail address. Everything is folded already.
    """CREATE VIRTUAL TABLE search_text USING fts5(
        words, content='', columnsize=0, detail=full, tokenize="ascii tokenchars '@._+%-'")""",
    "CREATE TABLE search_body (key INTEGER PRIMARY KEY, words BLOB NOT NULL)",
    # Whoever empties the table of documents, as `flush` does, empties the index.
    """CREATE TRIGGER search_document_emptied AFTER DELETE ON search_document
    WHEN NOT EXISTS (SELECT 1 FROM search_document) BEGIN
        DELETE FROM search_body;
        INSERT INTO search_text (search_text) VALUES ('delete-all');
    END""",
]

POSTGRESQL = [
    # The words are always stored out of line, so the table that a bitmap scan walks over stays small.
    "CREATE TABLE search_text (key bigint PRIMARY KEY, words tsvector NOT NULL) WITH (toast_tuple_target = 128)",
    # lz4 unpacks five times faster than the default; a server may be built without it.
    """DO $$ BEGIN
        ALTER TABLE search_text ALTER words SET COMPRESSION lz4;
    EXCEPTION WHEN feature_not_supported THEN NULL;
    END $$""",
    # A list of pending entries would make every search read it whole: 30 ms for a megabyte.
    "CREATE INDEX search_text_words ON search_text USING gin (words) WITH (fastupdate = off)",
    # The planner takes "@@" for cheap, although it fetches and unpacks a whole document, and so prefers to read the
    # table. A condition that is always true and said to be dear makes it count rows: it then asks the word index,
    # and joins it with the index of keys where that leaves fewer.
    """CREATE FUNCTION search_dear(key bigint) RETURNS boolean LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE COST 1000
    AS 'BEGIN RETURN true; END'""",
    # Many matches stand among the newest documents: look there first, then wider. OFFSET 0 keeps the planner from
    # walking down the keys in the hope of soon meeting enough matches: of forms it never saw it expects too many.
    """CREATE FUNCTION search_latest(query tsquery, low bigint, high bigint, many integer) RETURNS SETOF bigint
    LANGUAGE plpgsql STABLE SET jit = off SET max_parallel_workers_per_gather = 0
    SET plan_cache_mode = force_custom_plan AS $$
    DECLARE
        found bigint[];
        lowest bigint;
        size integer;
    BEGIN
        FOREACH size IN ARRAY ARRAY[10000, 100000] LOOP
            lowest := (SELECT t.key FROM search_text t WHERE t.key BETWEEN low AND high
                ORDER BY t.key DESC OFFSET size LIMIT 1);
            EXIT WHEN lowest IS NULL;
            found := ARRAY(SELECT k FROM (SELECT t.key AS k FROM search_text t
                WHERE t.words @@ query AND t.key BETWEEN lowest AND high AND search_dear(t.key) OFFSET 0) matching
                ORDER BY k DESC LIMIT many);
            IF cardinality(found) = many THEN
                RETURN QUERY SELECT unnest(found);
                RETURN;
            END IF;
        END LOOP;
        RETURN QUERY SELECT k FROM (SELECT t.key AS k FROM search_text t
            WHERE t.words @@ query AND t.key BETWEEN low AND high AND search_dear(t.key) OFFSET 0) matching
            ORDER BY k DESC LIMIT many;
    END $$""",
    # The index knows no places, so whether words stand side by side is read in each document that has them all
    # (`loose`), at some 30 microseconds each. Of common words only the newest 2,000 such documents are read.
    """CREATE FUNCTION search_phrase(query tsquery, loose tsquery, low bigint, high bigint, many integer)
    RETURNS SETOF bigint LANGUAGE sql STABLE AS $$
        SELECT k FROM search_latest(loose, low, high, 2000) k
        WHERE (SELECT t.words @@ query FROM search_text t WHERE t.key = k) LIMIT many
    $$""",
    # Whoever empties the table of documents, as `flush` does, empties the index.
    """CREATE FUNCTION search_empty() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        TRUNCATE search_text;
        RETURN NULL;
    END $$""",
    """CREATE TRIGGER search_document_emptied AFTER TRUNCATE ON search_document
    FOR EACH STATEMENT EXECUTE FUNCTION search_empty()""",
]

BACK = {
    "sqlite": ["DROP TRIGGER search_document_emptied", "DROP TABLE search_text", "DROP TABLE search_body"],
    "postgresql": [
        "DROP TRIGGER search_document_emptied ON search_document",
        "DROP FUNCTION search_empty()",
        "DROP FUNCTION search_phrase(tsquery, tsquery, bigint, bigint, integer)",
        "DROP FUNCTION search_latest(tsquery, bigint, bigint, integer)",
        "DROP FUNCTION search_dear(bigint)",
        "DROP TABLE search_text",
    ],
}


def create_index(apps, schema_editor):
    for statement in {"sqlite": SQLITE, "postgresql": POSTGRESQL}[schema_editor.connection.vendor]:
        schema_editor.execute(statement, params=None)


def drop_index(apps, schema_editor):
    for statement in BACK[schema_editor.connection.vendor]:
        schema_editor.execute(statement, params=None)


class Migration(migrations.Migration):
    initial = True
    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Document",
            fields=[
                ("key", models.BigIntegerField(primary_key=True, serialize=False)),
                ("title", models.TextField()),
                ("people", models.TextField()),
                ("codes", models.TextField()),
            ],
            options={"db_table": "search_document"},
        ),
        migrations.CreateModel(
            name="WordForm",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("form", models.CharField(max_length=64)),
                ("stem", models.CharField(max_length=64)),
            ],
            options={
                "db_table": "search_word_form",
                "indexes": [
                    models.Index(fields=["form", "stem"], name="search_form_stem"),
                    models.Index(fields=["stem", "form"], name="search_stem_form"),
                ],
            },
        ),
        migrations.RunPython(create_index, drop_index),
    ]
