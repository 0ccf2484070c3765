// `npm start`: build what is missing, then serve in this same process, so that signals reach the server itself.
import process from 'node:process';
import { build } from './build.mjs';
import { launch } from './launch.mjs';

await build();
const args = process.argv.slice(2);
await launch(['serve', ...args]);
