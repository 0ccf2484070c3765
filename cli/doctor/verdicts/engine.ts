import { type Check, fail, ok } from '../check.js';

export type PlatformFacts = {
  platform: string;
  arch: string;
  /** `musl` on Alpine and the like; `other` where the question does not arise. */
  libc: 'glibc' | 'musl' | 'other';
};

export type EngineFacts = { kind: 'answers'; version: string } | { kind: 'failed'; reason: string };

/** Where chdb ships a ready engine. */
const supported: ReadonlySet<string> = new Set(['linux-x64', 'linux-arm64', 'darwin-x64', 'darwin-arm64']);
const server = 'use a ClickHouse server instead (clickhouse.url, COLDBURN_CLICKHOUSE_URL)';

/** Why the embedded engine cannot run here at all; null when it should. */
export function platformVerdict({ platform, arch, libc }: PlatformFacts): Check | null {
  const here = `${platform}-${arch}`;
  if (libc === 'musl') {
    return fail(
      'embedded engine',
      'this system uses musl instead of glibc (Alpine does), and the embedded engine needs glibc',
      `run on Debian, Ubuntu or another glibc system, or ${server}`,
    );
  }
  if (!supported.has(here)) {
    return fail('embedded engine', `there is no embedded engine for ${here}`, server);
  }
  return null;
}

export function engineVerdict(facts: EngineFacts): Check {
  if (facts.kind === 'answers')
    return ok('embedded engine', `ClickHouse ${facts.version} runs in this process`);
  const says = `the embedded engine does not start: ${facts.reason.replace(/\.$/, '')}`;
  return fail('embedded engine', says, `run npm ci again without --omit=optional, or ${server}`);
}
