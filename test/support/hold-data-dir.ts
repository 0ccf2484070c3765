import { randomUUID } from 'node:crypto';
import process from 'node:process';
import { openEmbedded } from '../../warehouse/embedded/open-embedded.js';
import { testLimits } from './embedded-warehouse.js';

/** A program: `hold-data-dir.js <directory>` opens it, says so to its parent, and keeps it until told to let go. */
const [dataDir = ''] = process.argv.slice(2);
try {
  const now = () => new Date();
  const warehouse = await openEmbedded({
    dataDir,
    database: 'coldburn',
    limits: testLimits,
    newId: randomUUID,
    now,
  });
  process.send?.({ opened: true });
  process.once('message', () => {
    void warehouse.close().then(() => process.disconnect());
  });
} catch (thrown) {
  const { name, message } = thrown instanceof Error ? thrown : new Error(String(thrown));
  process.send?.({ opened: false, name, message });
  process.disconnect();
}
