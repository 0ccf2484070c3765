import { readdir, readFile } from 'node:fs/promises';

/** Made of docs/runbooks/ by the build. */
const directory = new URL('../../docs/runbooks/', import.meta.url);

export type Runbooks = { pages: ReadonlyMap<string, string>; style: string };

/** Every runbook as a page, by name; `index` lists them. */
export async function readRunbooks(): Promise<Runbooks> {
  const names = (await readdir(directory)).filter((name) => name.endsWith('.html'));
  const pages = await Promise.all(
    names.map(
      async (name) =>
        [name.slice(0, -'.html'.length), await readFile(new URL(name, directory), 'utf8')] as const,
    ),
  );
  return { pages: new Map(pages), style: await readFile(new URL('style.css', directory), 'utf8') };
}
