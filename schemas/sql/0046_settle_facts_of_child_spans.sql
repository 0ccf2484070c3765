-- Spans within a run tell that it began, as 0023 says; now those alone that are not runs themselves. The view before it was to
-- leave out runs whose own span came along, but its `kind` was the kind of the fact, so every run was told of twice. A fact of
-- a run that is known changes nothing. The new view is made before the old one goes: told twice is harmless, not told is lost.
CREATE MATERIALIZED VIEW IF NOT EXISTS {{view:settle_facts_of_child_spans}} TO {{local:settle_facts}} AS
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
    SELECT tenant, environment, if(function != '', function, service) AS function, started_at, duration_ns,
        JSONExtract(attribute_values, 'Array(String)')[indexOf(JSONExtract(attribute_keys, 'Array(String)'), 'faas.invocation_id')] AS invocation_id
    FROM {{local:spans}}
    WHERE kind NOT IN ('server', 'consumer') AND position(attribute_keys, '"faas.invocation_id"') > 0
) AS i
WHERE invocation_id != ''
GROUP BY tenant, environment, function, invocation_id;

DROP VIEW IF EXISTS {{view:settle_facts_of_spans}}
