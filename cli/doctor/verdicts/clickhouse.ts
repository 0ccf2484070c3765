import { type Check, fail, ok, warn } from '../check.js';
import { serverClockVerdict } from './clock.js';

/** What the probe did on the server, in order; the first that is refused ends it. */
export type ProbeStep = 'create a table' | 'insert' | 'select' | 'drop a table';

export type ServerFacts =
  | { kind: 'unreachable'; reason: string }
  | { kind: 'no-database'; database: string }
  | {
      kind: 'answers';
      version: string;
      skewMs: number;
      roundTripMs: number;
      refused: { step: ProbeStep; reason: string } | null;
      /** How many hosts the named cluster has; null when none is configured. */
      clusterHosts: number | null;
    };

/** The oldest release with everything the migrations use. */
const oldest = { major: 25, minor: 3 };

export function serverVerdicts(facts: ServerFacts): Check[] {
  const name = 'ClickHouse';
  if (facts.kind === 'unreachable') {
    return [
      fail(
        name,
        facts.reason.replace(/\.$/, ''),
        'check clickhouse.url, clickhouse.user and clickhouse.password',
      ),
    ];
  }
  if (facts.kind === 'no-database') {
    const says = `the server answers, but has no database ${facts.database} yet`;
    return [warn(name, says, '"coldburn migrate" creates it; "coldburn serve" does so too')];
  }
  const { skewMs, roundTripMs, version, refused, clusterHosts } = facts;
  return [
    versionVerdict(version),
    serverClockVerdict({ skewMs, roundTripMs }),
    rightsVerdict(refused),
    ...(clusterHosts === null ? [] : [clusterVerdict(clusterHosts)]),
  ];
}

function versionVerdict(version: string): Check {
  const [major = Number.NaN, minor = Number.NaN] = version.split('.').map(Number);
  const wanted = `${oldest.major}.${oldest.minor}`;
  if (Number.isNaN(major) || Number.isNaN(minor)) {
    return warn(
      'ClickHouse',
      `the server calls its version ${version}`,
      `make sure it is ${wanted} or newer`,
    );
  }
  if (major > oldest.major || (major === oldest.major && minor >= oldest.minor)) {
    return ok('ClickHouse', `version ${version} answers`);
  }
  return fail(
    'ClickHouse',
    `version ${version} is older than ${wanted}`,
    `upgrade the server to ${wanted} or newer`,
  );
}

function rightsVerdict(refused: { step: ProbeStep; reason: string } | null): Check {
  const name = 'ClickHouse rights';
  if (refused === null) return ok(name, 'the user may create, insert, select and drop');
  return fail(
    name,
    `the user cannot ${refused.step}: ${refused.reason.replace(/\.$/, '')}`,
    'grant it: GRANT SELECT, INSERT, ALTER, CREATE, DROP, OPTIMIZE ON the database TO the user',
  );
}

function clusterVerdict(hosts: number): Check {
  const name = 'ClickHouse cluster';
  if (hosts > 0) return ok(name, `${hosts} hosts`);
  return fail(
    name,
    'the server knows no cluster of that name',
    'correct clickhouse.cluster; SELECT cluster FROM system.clusters lists them',
  );
}
