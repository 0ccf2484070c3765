import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Check, fail, ok, warn, worstStatus } from '../../../cli/doctor/check.js';
import { openFilesLimit } from '../../../cli/doctor/measures/open-files.js';
import { type ServerFacts, serverVerdicts } from '../../../cli/doctor/verdicts/clickhouse.js';
import { clockVerdict, serverClockVerdict } from '../../../cli/doctor/verdicts/clock.js';
import {
  type DataDirFacts,
  dataDirVerdict,
  fileSystemVerdict,
  freeSpaceVerdict,
  holderVerdict,
} from '../../../cli/doctor/verdicts/data-dir.js';
import { engineVerdict, platformVerdict } from '../../../cli/doctor/verdicts/engine.js';
import { memoryVerdict } from '../../../cli/doctor/verdicts/memory.js';
import { openFilesVerdict } from '../../../cli/doctor/verdicts/open-files.js';
import { type PortFacts, portVerdict } from '../../../cli/doctor/verdicts/port.js';

const GiB = 2 ** 30;
const brief = ({ status, says }: Check) => `${status} ${says}`;

test('worstStatus: fail over warn over ok; nothing looked at is ok', () => {
  const [good, odd, bad] = [ok('a', ''), warn('b', '', ''), fail('c', '', '')];
  assert.equal(worstStatus([]), 'ok');
  assert.equal(worstStatus([good, odd]), 'warn');
  assert.equal(worstStatus([bad, odd, good]), 'fail');
});

const http = { setting: 'listen.http', environmentName: 'COLDBURN_HTTP', at: { host: '::1', port: 80 } };
const ports: { facts: PortFacts; says: string; do?: RegExp }[] = [
  { facts: { kind: 'free' }, says: 'ok [::1]:80 is free' },
  {
    facts: { kind: 'taken', by: 'coldburn' },
    says: 'warn [::1]:80 is taken by a running Coldburn',
    do: /COLDBURN_HTTP/,
  },
  {
    facts: { kind: 'taken', by: 'other' },
    says: 'fail [::1]:80 is taken by another program',
    do: /COLDBURN_HTTP/,
  },
  {
    facts: { kind: 'refused', code: 'EACCES' },
    says: 'fail [::1]:80: this user may not listen on port 80',
    do: /above 1023/,
  },
  {
    facts: { kind: 'refused', code: 'EADDRNOTAVAIL' },
    says: 'fail [::1]:80: this machine has no address ::1',
    do: /listen\.http/,
  },
  { facts: { kind: 'refused', code: 'ENOTFOUND' }, says: 'fail [::1]:80: the name ::1 does not resolve' },
  {
    facts: { kind: 'refused', code: 'EAFNOSUPPORT' },
    says: 'fail [::1]:80: this machine has no network of that kind (IPv6 may be off)',
  },
  { facts: { kind: 'refused', code: 'EODD' }, says: 'fail [::1]:80: cannot listen (EODD)' },
];
for (const { facts, says, do: remedy = /^/ } of ports) {
  test(`doctor, port: ${says}`, () => {
    const check = portVerdict(http, facts);
    assert.equal(brief(check), says);
    assert.match(check.do ?? '', remedy);
  });
}
test('doctor, port: 0 is picked later', () => {
  const check = portVerdict({ ...http, at: { host: 'localhost', port: 0 } }, { kind: 'free' });
  assert.equal(brief(check), 'ok localhost:0: a free port will be picked');
});

const directory: DataDirFacts = {
  path: '/d',
  state: 'directory',
  writeError: null,
  space: { freeBytes: 50 * GiB, totalBytes: 100 * GiB },
  fileSystemType: 0xef53,
};
const directories: { facts: Partial<DataDirFacts>; says: string }[] = [
  { facts: {}, says: 'ok /d exists and can be written' },
  { facts: { state: 'missing' }, says: 'ok /d will be created' },
  { facts: { state: 'not-a-directory' }, says: 'fail /d is not a directory' },
  { facts: { writeError: 'EACCES' }, says: 'fail /d cannot be written by this user' },
  { facts: { state: 'missing', writeError: 'EACCES' }, says: 'fail /d cannot be created by this user' },
  { facts: { writeError: 'EROFS' }, says: 'fail /d cannot be written: the file system is read-only' },
  { facts: { writeError: 'ENOSPC' }, says: 'fail /d cannot be written: the disk is full' },
  { facts: { writeError: 'EIO' }, says: 'fail /d cannot be written (EIO)' },
];
for (const { facts, says } of directories) {
  test(`doctor, data directory: ${says}`, () =>
    assert.equal(brief(dataDirVerdict({ ...directory, ...facts })), says));
}

const disk = { warnFreeRatio: 0.15, stopFreeRatio: 0.05, stopFreeBytes: GiB };
const spaces: { space: DataDirFacts['space']; says: string }[] = [
  { space: { freeBytes: 50 * GiB, totalBytes: 100 * GiB }, says: 'ok 50 GiB of 100 GiB free (50 %)' },
  { space: { freeBytes: 15 * GiB, totalBytes: 100 * GiB }, says: 'ok 15 GiB of 100 GiB free (15 %)' },
  {
    space: { freeBytes: 14 * GiB, totalBytes: 100 * GiB },
    says: 'warn 14 GiB of 100 GiB free (14 %); ingest stops at 5 %',
  },
  {
    space: { freeBytes: 4 * GiB, totalBytes: 100 * GiB },
    says: 'fail 4 GiB of 100 GiB free (4 %); ingest takes nothing below 5 % and 1 GiB',
  },
  {
    space: { freeBytes: GiB / 2, totalBytes: 2 * GiB },
    says: 'fail 512 MiB of 2 GiB free (25 %); ingest takes nothing below 5 % and 1 GiB',
  },
  {
    space: { freeBytes: 0, totalBytes: 0 },
    says: 'fail 0 B of 0 B free (0 %); ingest takes nothing below 5 % and 1 GiB',
  },
  { space: null, says: 'warn free space cannot be read' },
];
for (const { space, says } of spaces) {
  test(`doctor, free disk: ${says}`, () =>
    assert.equal(brief(freeSpaceVerdict({ ...directory, space }, disk)), says));
}

test('doctor, file system: local disks are ok, what is lost or slow is warned of', () => {
  const verdict = (fileSystemType: number | null) =>
    brief(fileSystemVerdict({ ...directory, fileSystemType }));
  assert.equal(verdict(0xef53), 'ok ext4');
  assert.equal(verdict(0x1234), 'ok type 0x1234');
  assert.equal(verdict(null), 'ok not examined on this system');
  assert.match(verdict(0x01021994), /^warn tmpfs: .*loses everything/);
  assert.match(verdict(0x794c7630), /^warn overlayfs: /);
  assert.match(verdict(0x6969), /^warn nfs: network file systems/);
});

test('doctor, holder: the sentence of whoever has the directory', () => {
  assert.equal(holderVerdict(null).status, 'ok');
  assert.equal(brief(holderVerdict('It is in use by process 7.')), 'warn It is in use by process 7');
});

test('doctor, clock: a year nobody lives in fails, a jump warns', () => {
  const nowMs = Date.UTC(2026, 5, 1);
  assert.equal(
    brief(clockVerdict({ nowMs, driftMs: 1, watchedMs: 250 })),
    'ok 2026-06-01T00:00:00.000Z, steady',
  );
  assert.equal(
    brief(clockVerdict({ nowMs: 0, driftMs: 0, watchedMs: 250 })),
    'fail the clock says 1970-01-01T00:00:00.000Z',
  );
  assert.equal(
    brief(clockVerdict({ nowMs, driftMs: -400, watchedMs: 250 })),
    'warn the clock moved -400 ms too far in 250 ms',
  );
});

const skews = [
  { skewMs: 900, roundTripMs: 10, says: 'ok agrees with this machine' },
  { skewMs: 4000, roundTripMs: 7000, says: 'ok agrees with this machine' },
  { skewMs: 4000, roundTripMs: 10, says: 'warn the server is 4.0 s ahead of this machine' },
  { skewMs: -90_000, roundTripMs: 10, says: 'fail the server is 90.0 s behind this machine' },
];
for (const { skewMs, roundTripMs, says } of skews) {
  test(`doctor, ClickHouse clock: ${skewMs} ms, asked for ${roundTripMs} ms`, () =>
    assert.equal(brief(serverClockVerdict({ skewMs, roundTripMs })), says));
}

const memories = [
  { machine: 8, container: null, engine: 4, says: 'ok this machine has 8 GiB, the engine may use 4 GiB' },
  { machine: 8, container: 16, engine: 4, says: 'ok this machine has 8 GiB, the engine may use 4 GiB' },
  { machine: 64, container: 2, engine: 1, says: 'ok the container has 2 GiB, the engine may use 1 GiB' },
  {
    machine: 64,
    container: 2,
    engine: 1.9,
    says: 'warn the container has 2 GiB, the engine may use 1.9 GiB; that leaves less than 384 MiB for the rest',
  },
  { machine: 64, container: 2, engine: 4, says: 'fail the container has 2 GiB, the engine may use 4 GiB' },
];
for (const { machine, container, engine, says } of memories) {
  test(`doctor, memory: ${says}`, () => {
    const facts = {
      machineBytes: machine * GiB,
      containerBytes: container === null ? null : container * GiB,
      engineBytes: engine * GiB,
      engineIsAuto: false,
    };
    assert.equal(brief(memoryVerdict(facts)), says);
  });
}

test('doctor, open files: the limit in force is read and judged', () => {
  const limits =
    'Limit  Soft Limit  Hard Limit  Units\nMax open files            1024                 524288               files     \n';
  assert.equal(openFilesLimit(limits), 1024);
  assert.equal(
    openFilesLimit('Max open files            unlimited            unlimited            files     \n'),
    Number.MAX_SAFE_INTEGER,
  );
  assert.equal(openFilesLimit(''), null);
  assert.deepEqual(
    [null, 20_000, 1024, 256].map((limit) => openFilesVerdict(limit).status),
    ['ok', 'ok', 'warn', 'fail'],
  );
});

test('doctor, engine: musl and unknown platforms get a sentence before anything is loaded', () => {
  assert.equal(platformVerdict({ platform: 'linux', arch: 'x64', libc: 'glibc' }), null);
  assert.equal(platformVerdict({ platform: 'darwin', arch: 'arm64', libc: 'other' }), null);
  const musl = platformVerdict({ platform: 'linux', arch: 'x64', libc: 'musl' });
  assert.match(
    musl === null ? '' : brief(musl),
    /^fail this system uses musl instead of glibc \(Alpine does\)/,
  );
  const windows = platformVerdict({ platform: 'win32', arch: 'x64', libc: 'other' });
  assert.equal(windows === null ? '' : brief(windows), 'fail there is no embedded engine for win32-x64');
  assert.equal(
    brief(engineVerdict({ kind: 'answers', version: '26.7' })),
    'ok ClickHouse 26.7 runs in this process',
  );
  assert.equal(
    brief(engineVerdict({ kind: 'failed', reason: 'x.' })),
    'fail the embedded engine does not start: x',
  );
});

const answers = {
  kind: 'answers',
  version: '26.7.2.1',
  skewMs: 0,
  roundTripMs: 5,
  refused: null,
  clusterHosts: null,
} satisfies ServerFacts;
const servers: { facts: ServerFacts; says: string[] }[] = [
  {
    facts: answers,
    says: [
      'ok version 26.7.2.1 answers',
      'ok agrees with this machine',
      'ok the user may create, insert, select and drop',
    ],
  },
  { facts: { kind: 'unreachable', reason: 'No answer.' }, says: ['fail No answer'] },
  {
    facts: { kind: 'no-database', database: 'd' },
    says: ['warn the server answers, but has no database d yet'],
  },
  {
    facts: {
      ...answers,
      version: '25.2.9.1',
      refused: { step: 'insert', reason: 'Not allowed.' },
      clusterHosts: 0,
    },
    says: [
      'fail version 25.2.9.1 is older than 25.3',
      'ok agrees with this machine',
      'fail the user cannot insert: Not allowed',
      'fail the server knows no cluster of that name',
    ],
  },
  {
    facts: { ...answers, version: 'head', clusterHosts: 3 },
    says: [
      'warn the server calls its version head',
      'ok agrees with this machine',
      'ok the user may create, insert, select and drop',
      'ok 3 hosts',
    ],
  },
];
for (const { facts, says } of servers) {
  test(`doctor, ClickHouse: ${says.join(', ')}`, () =>
    assert.deepEqual(serverVerdicts(facts).map(brief), says));
}
