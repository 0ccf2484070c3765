import process from 'node:process';
import { z } from 'zod';
import type { PlatformFacts } from '../verdicts/engine.js';

const Report = z.object({ header: z.object({ glibcVersionRuntime: z.string().optional() }) });

/** glibc tells its version in node's own report; a Linux without one is musl. */
export function measurePlatform(): PlatformFacts {
  const { platform, arch } = process;
  if (platform !== 'linux') return { platform, arch, libc: 'other' };
  const { header } = Report.parse(process.report.getReport());
  return { platform, arch, libc: header.glibcVersionRuntime === undefined ? 'musl' : 'glibc' };
}
