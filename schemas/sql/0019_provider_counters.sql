-- Counters of the faas.* convention (which counts successes, errors and time-outs apart), Knative's histogram, Google's
-- and Azure's counts. A point may count for several metrics: a time-out is an invocation and an error too.
CREATE MATERIALIZED VIEW IF NOT EXISTS {{view:provider_counts_counters_mv}} TO {{local:provider_counts}} AS
WITH
    multiIf(
        startsWith(m.metric, 'faas.'), 'faas',
        startsWith(m.metric, 'kn.'), 'knative',
        startsWith(m.metric, 'run.') OR startsWith(m.metric, 'cloudfunctions.'), 'gcp',
        'azure') AS told_by,
    -- What Google says of a run that failed, else the class or code of the HTTP answer.
    attributes['status'] AS status,
    if(attributes['response_code_class'] != '', attributes['response_code_class'],
        if(attributes['http.response.status_code'] != '', attributes['http.response.status_code'], attributes['response_code'])) AS answer,
    startsWith(answer, '5') AS failed_answer,
    multiIf(
        m.metric = 'faas.invocations', ['invocations'],
        m.metric = 'faas.errors', ['invocations', 'errors'],
        m.metric = 'faas.timeouts', ['invocations', 'errors', 'timeouts'],
        m.metric = 'faas.coldstarts', ['cold_starts'],
        m.metric = 'cloudfunctions.googleapis.com/function/execution_count',
            multiIf(status IN ('', 'ok'), ['invocations'], status = 'timeout', ['invocations', 'errors', 'timeouts'], ['invocations', 'errors']),
        -- Refused for want of an instance: it never ran.
        m.metric = 'run.googleapis.com/request_count' AND answer = '429', ['throttles'],
        told_by IN ('gcp', 'knative') AND failed_answer, ['invocations', 'errors'],
        ['invocations']) AS counts_as,
    multiIf(
        told_by = 'knative', [attributes['kn.service.name'], resource['kn.service.name'], m.function],
        told_by = 'gcp', [resource['function_name'], resource['service_name'], m.function],
        told_by = 'azure', [attributes['name'], m.function],
        [toString(m.function)]) AS named
SELECT
    tenant, environment,
    arrayFirst(text -> text != '', named) AS function,
    arrayJoin(counts_as) AS metric,
    toStartOfMinute(toDateTime(m.at - toIntervalNanosecond(1), 'UTC')) AS minute,
    told_by AS source,
    arrayFirst(text -> text != '', [resource['cloud.region'], resource['faas.invoked_region'], resource['location'], attributes['location']]) AS region,
    arrayFirst(text -> text != '', [resource['cloud.account.id'], resource['project_id']]) AS account,
    '' AS alias,
    '' AS version,
    cityHash64(m.metric, m.service, arraySort(mapKeys(resource)), arrayMap(key -> resource[key], arraySort(mapKeys(resource))),
        arraySort(mapKeys(attributes)), arrayMap(key -> attributes[key], arraySort(mapKeys(attributes)))) AS series,
    if(temporality = 'cumulative', 'running', 'count') AS kind,
    started_at, at,
    if(m.kind = 'histogram' OR m.kind = 'exponential_histogram', toFloat64(count), ifNull(m.value, 0)) AS value,
    received_at
FROM {{local:metric_points}} AS m
WHERE m.metric IN (
        'faas.invocations', 'faas.errors', 'faas.timeouts', 'faas.coldstarts',
        'kn.serving.invocation.duration',
        'run.googleapis.com/request_count', 'cloudfunctions.googleapis.com/function/execution_count',
        'FunctionExecutionCount', 'OnDemandFunctionExecutionCount', 'AlwaysReadyFunctionExecutionCount',
        'azure_functionexecutioncount_total', 'azure_ondemandfunctionexecutioncount_total',
        'azure_alwaysreadyfunctionexecutioncount_total')
    AND NOT no_value AND arrayExists(text -> text != '', named)
