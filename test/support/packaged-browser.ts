import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir, userInfo } from 'node:os';
import { dirname, join } from 'node:path';
import process from 'node:process';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { z } from 'zod';

const { PATH: searchPath = '/usr/bin:/bin' } = process.env;
const run = promisify(execFile);
const require = createRequire(import.meta.url);
const packageEntry = require.resolve('@sparticuz/chromium');

export type PackagedBrowser = { executablePath: string; env: Record<string, string> };

/**
 * The browser inside @sparticuz/chromium, unpacked once per machine, user and version. The package unpacks into the
 * temp dir of its process, and its shared libraries (NSS, expat) only where it believes to be on Lambda; so a child
 * with both set unpacks into a staging directory, whose rename is the lock: of several test files one wins.
 */
export async function packagedBrowser(): Promise<PackagedBrowser> {
  const version = await packagedVersion();
  const home = join(tmpdir(), `coldburn-chromium-${version}-${userInfo().uid}`);
  if (!existsSync(home)) await unpackInto(home);
  return {
    executablePath: join(home, 'chromium'),
    env: {
      LD_LIBRARY_PATH: join(home, 'al2023', 'lib'),
      FONTCONFIG_FILE: join(home, 'fonts.conf'),
      HOME: home,
      PATH: searchPath,
      TZ: 'UTC',
      LANG: 'C.UTF-8',
      // Chromium sets these two itself, the first in a thread while others read the environment, and a new variable
      // moves it: glibc before 2.41 then reads freed memory (a crash at about one start in some hundred).
      FC_FONTATIONS: '1',
      DBUS_SESSION_BUS_ADDRESS: 'disabled:',
    },
  };
}

async function packagedVersion(): Promise<string> {
  const manifest = await readFile(join(dirname(packageEntry), '..', '..', 'package.json'), 'utf8');
  return z.object({ version: z.string() }).parse(JSON.parse(manifest)).version;
}

async function unpackInto(home: string): Promise<void> {
  const staging = await mkdtemp(`${home}-`);
  const entry = pathToFileURL(packageEntry).href;
  const script = `const c = await import(${JSON.stringify(entry)}); await c.default.executablePath();`;
  await run(process.execPath, ['--input-type=module', '--eval', script], {
    env: { PATH: searchPath, TMPDIR: staging, AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs20.x' },
    timeout: 60_000,
  });
  await writeFile(join(staging, 'fonts.conf'), fontsConfig(home));
  await mkdir(join(staging, 'fonts-cache'), { recursive: true });
  try {
    await rename(staging, home);
  } catch (cause) {
    if (!existsSync(home)) throw cause;
    await rm(staging, { recursive: true, force: true });
  }
}

/** The machine's own fonts where it has any, and the packaged Open Sans everywhere. */
function fontsConfig(home: string): string {
  return `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <dir>${join(home, 'fonts')}</dir>
  <dir>/usr/share/fonts</dir>
  <cachedir>${join(home, 'fonts-cache')}</cachedir>
</fontconfig>
`;
}
