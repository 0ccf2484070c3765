// What a run leaves: itself, then the dependency, then the function it waits for or those it leaves messages for; each with
// its start after that of the run and its length in microseconds, and whether it failed.
const RUNS = `
  SELECT *,
    splitByChar('\\n', call_peers) AS callees,
    callees[1 + intHash64(hash + 8) % length(callees)] AS called,
    intHash64(hash + 9) / 18446744073709551616. < publish_ratio AND truly = 0 AS publishes,
    arrayConcat(
      [('', 'own', 0., intDiv(duration_ns, 1000) * 1., outcome != 'ok')],
      if(dep_peer = '', [], [(toString(dep_peer), 'out', 1000., dep_us, cause = 3)]),
      if(makes_call, [(toString(called), 'out', dep_us + 2000, call_us, cause = 6)], []),
      if(publishes, arrayMap(peer -> (toString(peer), 'publish', dep_us + 2000, 4000., false), splitByChar('\\n', publish_peers)), [])) AS made
  FROM history__calls
  WHERE is_told`;

/** The spans of runs in `history__calls`, as the senders' look once they are stored, with the attributes pages show. */
export const spansOfRuns = `
  SELECT
    tenant, environment,
    if(what = 'own', function, service) AS service,
    multiIf(what = 'own', toString(runs.function), what = 'publish', concat('publish ', to), concat('POST ', to)) AS name,
    multiIf(what != 'own', 'client', queue != '', 'consumer', 'server') AS kind,
    runs.started_at + toIntervalMicrosecond(toInt64(one.3)) AS started_at,
    toUInt64(greatest(1, least(toInt64(one.4), intDiv(toInt64(runs.duration_ns), 1000) - toInt64(one.3)))) * 1000 AS duration_ns,
    if(one.5, 'error', 'unset') AS status,
    multiIf(NOT one.5, '', what = 'own', error_message, concat(to, ' failed')) AS status_message,
    trace_id,
    if(what = 'own', runs.span_id, reinterpretAsFixedString(intHash64(hash + 100 + nth))) AS span_id,
    if(what = 'own', toFixedString('', 8), runs.span_id) AS parent_span_id,
    'demo history' AS scope,
    cityHash64(runs.function, version) AS resource_hash,
    if(what = 'own', '["faas.name","faas.version"]', '["http.request.method","server.address","http.response.status_code"]') AS attribute_keys,
    if(what = 'own', concat('["', runs.function, '","', version, '"]'), concat('["POST","', to, '","', if(one.5, '503', '200'), '"]')) AS attribute_values,
    received_at,
    if(what = 'own', runs.function, service) AS function,
    multiIf(what != 'own', 'out', queue != '', 'in', 'none') AS call,
    multiIf(what != 'own', toString(runs.peer_kind), queue != '', 'queue', 'none') AS peer_kind,
    multiIf(what != 'own', to, queue != '', toString(queue), '') AS peer,
    multiIf(what != 'own', toString(runs.operation), queue != '', 'process', '') AS operation,
    false AS retry
  FROM (SELECT *, one.1 AS to, one.2 AS what, one, nth FROM (${RUNS}) ARRAY JOIN made AS one, arrayEnumerate(made) AS nth) AS runs`;
