import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { repositoryRoot } from '../support/repository-root.js';
import { parseSystemdUnit } from '../support/systemd-unit.js';

const unitPath = join(repositoryRoot, 'deploy/systemd/coldburn.service');
const unit = parseSystemdUnit(readFileSync(unitPath, 'utf8'));

/** Not on every machine: the test passes without it. */
const verifier = 'systemd-analyze';

// From systemd.unit(5), systemd.service(5), systemd.exec(5), systemd.kill(5) and systemd.resource-control(5), version 252;
// a name systemd does not know is only a warning in its log, and the protection is not there.
const knownNames: Record<string, string> = {
  Unit: 'Description Documentation Wants After StartLimitIntervalSec StartLimitBurst',
  Service: `Type User Group WorkingDirectory Environment EnvironmentFile ExecStart Restart RestartSec KillSignal KillMode
    TimeoutStopSec StateDirectory StateDirectoryMode UMask LimitNOFILE LimitCORE TasksMax MemoryHigh MemoryMax OOMPolicy
    NoNewPrivileges CapabilityBoundingSet AmbientCapabilities ProtectSystem ProtectHome ProtectClock ProtectControlGroups
    ProtectHostname ProtectKernelLogs ProtectKernelModules ProtectKernelTunables ProtectProc PrivateDevices PrivateTmp
    RemoveIPC RestrictAddressFamilies RestrictNamespaces RestrictRealtime RestrictSUIDSGID LockPersonality
    SystemCallArchitectures SystemCallFilter SystemCallErrorNumber`,
  Install: 'WantedBy',
};

function valuesOf(name: string): string[] {
  return unit.filter((directive) => directive.name === name).map(({ value }) => value);
}

test('systemd: every directive is one systemd knows, in the section it belongs to', () => {
  for (const { section, name } of unit) {
    assert.ok(knownNames[section]?.split(/\s+/).includes(name), `[${section}] ${name}`);
  }
});

test('systemd: it runs as an ordinary user that can write its state directory and nothing else', () => {
  assert.deepEqual(valuesOf('User'), ['coldburn']);
  assert.deepEqual(valuesOf('NoNewPrivileges'), ['yes']);
  assert.deepEqual(valuesOf('ProtectSystem'), ['strict']);
  assert.deepEqual(valuesOf('ProtectHome'), ['yes']);
  assert.deepEqual(valuesOf('CapabilityBoundingSet'), ['']);
  assert.deepEqual(valuesOf('StateDirectory'), ['coldburn']);
  assert.ok(valuesOf('Environment').includes('COLDBURN_DATA_DIR=/var/lib/coldburn'));
  const sysusers = readFileSync(join(repositoryRoot, 'deploy/systemd/coldburn.sysusers.conf'), 'utf8');
  assert.match(sysusers, /^u coldburn - "[^"]+" \/var\/lib\/coldburn /m);
});

test('systemd: it is stopped by SIGTERM with more time than the drain takes, and restarted when it fails', () => {
  assert.deepEqual(valuesOf('KillSignal'), ['SIGTERM']);
  assert.ok(Number(valuesOf('TimeoutStopSec')[0]) > 10);
  assert.deepEqual(valuesOf('Restart'), ['on-failure']);
  assert.match(valuesOf('ExecStart')[0] ?? '', /^\/usr\/bin\/env node \/\S+\/bin\/coldburn\.mjs serve$/);
});

test('systemd: the engine has room for its files, and memory is bounded before the machine is', () => {
  assert.ok(Number(valuesOf('LimitNOFILE')[0]) >= 65_536);
  const [high = 0, max = 0] = [valuesOf('MemoryHigh'), valuesOf('MemoryMax')].map(([size = '']) => {
    assert.match(size, /^\d+G$/);
    return Number.parseInt(size, 10);
  });
  assert.ok(high >= 1 && high < max);
  // V8 and the query engine write machine code; forbidding that ends the process at once.
  assert.deepEqual(valuesOf('MemoryDenyWriteExecute'), []);
});

test('systemd: its secrets come from a file that may be missing', () => {
  assert.deepEqual(valuesOf('EnvironmentFile'), ['-/etc/coldburn/env']);
});

test('systemd: where systemd is at hand, it finds nothing to complain about', () => {
  const { error, status, stderr } = spawnSync(verifier, ['verify', unitPath], {
    encoding: 'utf8',
    timeout: 20_000,
  });
  const missing = error !== undefined && 'code' in error && error.code === 'ENOENT';
  assert.ok(missing || !stderr.includes('coldburn.service:'), `status ${status}: ${stderr}`);
});
