// `node bin/senders.mjs`: writes what each payload of test/fixtures/senders/ becomes next to it. Read the change before you
// commit it: it is what the corpus promises.
import { writeFileSync } from 'node:fs';
import process from 'node:process';
import { build } from './build.mjs';

build();
const { senderPayloads } = await import('../dist/test/ingest/support/sender-corpus.js');
for (const { expectedPath, invocations } of senderPayloads()) {
  writeFileSync(expectedPath, `${JSON.stringify(invocations(), null, 1)}\n`);
}
process.stdout.write('wrote the expected invocations of every payload\n');
