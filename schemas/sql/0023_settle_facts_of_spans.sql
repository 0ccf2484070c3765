-- Spans within a run whose own span did not come with them: as with logs, they tell that it began. `source` marks them,
-- because a span may name its app where logs name the function, and only known functions are believed.
CREATE MATERIALIZED VIEW IF NOT EXISTS {{view:settle_facts_of_spans}} TO {{local:settle_facts}} AS
SELECT
    now64(3, 'UTC') AS inserted_at,
    cityHash64(tenant, function, invocation_id) AS key,
    key AS run,
    'work' AS kind,
    tenant, environment, function, min(started_at) AS started_at,
    toUInt64(max(toUnixTimestamp64Nano(i.started_at) + toInt64(i.duration_ns)) - toUnixTimestamp64Nano(min(i.started_at))) AS duration_ns,
    'inferred' AS source,
    invocation_id
FROM
(
    SELECT tenant, environment, if(function != '', function, service) AS function, started_at, duration_ns, kind,
        JSONExtract(attribute_values, 'Array(String)')[indexOf(JSONExtract(attribute_keys, 'Array(String)'), 'faas.invocation_id')] AS invocation_id
    FROM {{local:spans}}
    WHERE position(attribute_keys, '"faas.invocation_id"') > 0
) AS i
WHERE invocation_id != ''
GROUP BY tenant, environment, function, invocation_id
HAVING NOT max(kind IN ('server', 'consumer'))
