// `node bin/golden.mjs`: writes test/golden/ anew from the migrations. Read the change before you commit it.
import { writeFileSync } from 'node:fs';
import process from 'node:process';
import { build } from './build.mjs';
import { engineEnvironment } from './launch.mjs';

Object.assign(process.env, engineEnvironment);
await build();
const { goldenFiles } = await import('../dist/test/warehouse/migrate/golden-schema.js');
const { goldenPayloads } = await import('../dist/test/alerting/receivers/golden-payloads.js');
for (const { url, make } of [...goldenFiles, ...goldenPayloads]) {
  writeFileSync(url, await make());
  process.stdout.write(`wrote ${url.pathname}\n`);
}
