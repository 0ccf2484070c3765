import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, realpathSync, renameSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import { repositoryRoot } from './repository-root.js';

const PackReport = z.looseObject({
  filename: z.string(),
  size: z.int(),
  unpackedSize: z.int(),
  files: z.array(z.looseObject({ path: z.string(), size: z.int() })),
});
export type PackReport = z.infer<typeof PackReport>;

const Package = z.object({ dependencies: z.record(z.string(), z.string()) });

/** `emptyDir` is the folder a stranger would stand in: it holds nothing but the installed packages. */
export type PackedProgram = { emptyDir: string; entry: string; report: PackReport; remove: () => void };

function run(command: string, args: string[], cwd: string): string {
  const { status, stdout, stderr, error } = spawnSync(command, args, {
    cwd,
    encoding: 'utf8',
    timeout: 60_000,
  });
  if (status !== 0) throw new Error(`${command} ${args.join(' ')}: ${error?.message ?? stderr}`);
  return stdout;
}

/**
 * Packs the built tree and unpacks it as npm would have installed it. Beside the program stand only the packages that
 * package.json names under "dependencies": anything else it imports is missing here, as it would be elsewhere.
 */
export function installPackedProgram(): PackedProgram {
  const directory = mkdtempSync(join(realpathSync(tmpdir()), 'coldburn-pack-'));
  const remove = () => rmSync(directory, { recursive: true, force: true });
  try {
    const flags = ['--json', '--ignore-scripts', '--offline', '--cache', join(directory, 'cache')];
    const printed = run('npm', ['pack', ...flags, '--pack-destination', directory], repositoryRoot);
    const [report] = z.tuple([PackReport]).parse(JSON.parse(printed));
    run('tar', ['-xzf', report.filename], directory);
    const emptyDir = join(directory, 'empty');
    const modules = join(emptyDir, 'node_modules');
    mkdirSync(modules, { recursive: true });
    renameSync(join(directory, 'package'), join(modules, 'coldburn'));
    linkDependencies(modules);
    return { emptyDir, entry: join(modules, 'coldburn/bin/coldburn.mjs'), report, remove };
  } catch (error) {
    remove();
    throw error;
  }
}

/** Each package finds its own dependencies from where it really is, so only the program's own imports are narrowed. */
function linkDependencies(modules: string): void {
  const { dependencies } = Package.parse(
    JSON.parse(readFileSync(join(modules, 'coldburn/package.json'), 'utf8')),
  );
  for (const name of Object.keys(dependencies)) {
    const link = join(modules, name);
    mkdirSync(dirname(link), { recursive: true });
    symlinkSync(realpathSync(join(repositoryRoot, 'node_modules', name)), link, 'dir');
  }
}
