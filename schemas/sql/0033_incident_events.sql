-- What happened to incidents: fired, escalated, acknowledged, resolved. Nothing is ever changed; what an incident is comes
-- of its events. An event written twice (two processes, a crash) bears the same id both times and counts once.
CREATE TABLE IF NOT EXISTS {{table:incident_events on every node}}
(
    tenant LowCardinality(String),
    incident String,
    sequence UInt32 COMMENT 'order within the incident; two writers at one time may give the same number',
    event_id String,
    kind LowCardinality(String),
    at DateTime64(3, 'UTC') COMMENT 'what the event is about; appended_at is when it was written',
    appended_at DateTime64(3, 'UTC') CODEC(Delta, ZSTD(1)),
    body String COMMENT 'the whole event as JSON, see schemas/alerting/incident-event.ts' CODEC(ZSTD(1)),
    INDEX by_arrival appended_at TYPE minmax GRANULARITY 1
)
ENGINE = {{engine:MergeTree}}
PARTITION BY toYYYYMM(at)
ORDER BY (tenant, incident, sequence, event_id)
SETTINGS {{settings:deduplicated}}
