from django.db import migrations

# Documents that have all words are read newest first, in growing steps, until enough of them have the words side by
# side: a common phrase costs the first step. 20,000 documents (0.6 seconds) are the most that one search reads.
STEPWISE = """CREATE OR REPLACE FUNCTION search_phrase(
    query tsquery, loose tsquery, low bigint, high bigint, many integer
) RETURNS SETOF bigint LANGUAGE plpgsql STABLE AS $$
DECLARE
    ceiling bigint := high;
    size integer := 300;
    looked integer := 0;
    left_over integer := many;
    candidates bigint[];
    fitting bigint[];
BEGIN
    LOOP
        candidates := ARRAY(SELECT search_latest(loose, low, ceiling, size));
        fitting := ARRAY(SELECT k FROM unnest(candidates) k
            WHERE (SELECT t.words @@ query FROM search_text t WHERE t.key = k) ORDER BY k DESC LIMIT left_over);
        RETURN QUERY SELECT unnest(fitting);
        left_over := left_over - cardinality(fitting);
        looked := looked + cardinality(candidates);
        EXIT WHEN left_over <= 0 OR cardinality(candidates) < size OR looked >= 20000;
        ceiling := candidates[cardinality(candidates)] - 1;
        size := least(size * 4, 20000 - looked);
    END LOOP;
END $$"""

AT_ONCE = """CREATE OR REPLACE FUNCTION search_phrase(
    query tsquery, loose tsquery, low bigint, high bigint, many integer
) RETURNS SETOF bigint LANGUAGE sql STABLE AS $$
    SELECT k FROM search_latest(loose, low, high, 2000) k
    WHERE (SELECT t.words @@ query FROM search_text t WHERE t.key = k) LIMIT many
$$"""


def _replace(function):
    def run(apps, schema_editor):
        if schema_editor.connection.vendor == "postgresql":
            schema_editor.execute(function, params=None)

    return run


class Migration(migrations.Migration):
    dependencies = [("search", "0001_initial")]

    operations = [migrations.RunPython(_replace(STEPWISE), _replace(AT_ONCE))]
