import { join } from 'node:path';
import process from 'node:process';
import { migratedWarehouse } from '../../support/migrated-warehouse.js';
import { runIngest } from './running-ingest.js';

// The process that is killed: the real receiver with the real engine on the directory it is given.
const directory = process.argv[2];
if (directory === undefined) throw new Error('Give the data directory');
const warehouse = await migratedWarehouse(join(directory, 'data'));
const ingest = await runIngest(
  join(directory, 'spool'),
  (segment, options) => warehouse.insertSegment(segment, options),
  {
    config: { insertEveryMs: 100 },
  },
);
process.send?.({ port: ingest.port });
