import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { readBillWith } from '../../../cli/cost/read-bill.js';
import { billLines, reconcileBill } from '../../../query/cost/bill/reconcile-bill.js';
import { decimalText } from '../../../query/cost/exact/decimal-text.js';
import { sum } from '../../../query/cost/exact/rational.js';
import { StartupError } from '../../../schemas/startup-error.js';
import type { Warehouse } from '../../../warehouse/warehouse.js';
import { openMigrated } from '../../support/open-migrated.js';
import { type TempDir, tempDir } from '../../support/temp-dir.js';

let directory: TempDir;
let warehouse: Warehouse;
let close: () => Promise<void>;
before(async () => {
  directory = await tempDir();
  ({ warehouse, close } = await openMigrated());
});
after(async () => {
  await close();
  await directory.remove();
});

const head = 'ChargePeriodStart,ServiceName,ResourceId,ChargeCategory,BilledCost';
const line = (billed: string, more = '') => `2026-11-01T00:00:00Z,AWS Lambda,f,Usage,${billed}${more}`;

const readable = [
  {
    name: 'a byte order mark and Windows line ends',
    text: `\uFEFF${head}\r\n${line('1.5')}\r\n`,
    usd: '1.5',
    unreadable: 0,
  },
  { name: 'empty lines at the end', text: `${head}\n${line('1')}\n\n\n`, usd: '1', unreadable: 0 },
  {
    name: 'exponents, as spreadsheets write small amounts',
    text: `${head}\n${line('1.2E-05')}\n${line('3e-7')}\n`,
    usd: '0.0000123',
    unreadable: 0,
  },
  {
    name: 'more digits than a binary number holds',
    text: `${head}\n${line('0.123456789012')}\n${line('123456789012345.000000000001')}\n`,
    usd: '123456789012345.123456789013',
    unreadable: 0,
  },
  {
    name: 'a row cut short',
    text: `${head}\n${line('2')}\n2026-11-01T00:00:00Z,AWS Lambda\n`,
    usd: '2',
    unreadable: 1,
  },
  {
    name: 'a row with cells too many',
    text: `${head}\n${line('2', ',x,y')}\n${line('1')}\n`,
    usd: '3',
    unreadable: 0,
  },
  {
    name: 'quotes, commas and line breaks in cells',
    text: `${head}\n"2026-11-01","AWS, ""Lambda""","a\nb",Usage,4\n`,
    usd: '4',
    unreadable: 0,
  },
  {
    name: 'amounts that are words, infinite, or of another notation',
    text: `${head}\n${line('n/a')}\n${line('Infinity')}\n${line('"1,50"')}\n${line('7')}\n`,
    usd: '7',
    unreadable: 3,
  },
  {
    name: 'days that are none',
    text: `${head}\nyesterday,AWS Lambda,f,Usage,1\n2026-13-45,AWS Lambda,f,Usage,1\n${line('5')}\n`,
    usd: '5',
    unreadable: 2,
  },
  {
    name: 'names of columns in another case, twice, and with blanks',
    text: `chargeperiodstart, ServiceName ,ResourceId,ChargeCategory,BILLEDCOST\n${line('6')}\n`,
    usd: '6',
    unreadable: 0,
  },
  {
    name: 'text that would be SQL',
    text: `${head}\n"2026-11-01","'; DROP TABLE x; --","\${1}{tenant: String}",Usage,8\n`,
    usd: '8',
    unreadable: 0,
  },
  { name: 'negative amounts', text: `${head}\n${line('-3.25')}\n`, usd: '-3.25', unreadable: 0 },
];
for (const [index, { name, text, usd, unreadable }] of readable.entries())
  test(`bill with ${name}`, async () => {
    const path = join(directory.path, `${index}.csv`);
    await writeFile(path, text);
    const { records, format } = await readBillWith(warehouse, path);
    const lines = billLines(records);
    assert.equal(decimalText(sum(lines.lines.map(({ billed }) => billed))), usd);
    assert.equal(lines.unreadable, unreadable);
    assert.equal(reconcileBill({ format }, lines, []).residualUsd, '0');
  });

const refused = [
  { name: 'nothing', file: 'empty.csv', bytes: Buffer.alloc(0) },
  { name: 'a header alone', file: 'header.csv', bytes: Buffer.from(`${head}\n`) },
  {
    name: 'noise',
    file: 'noise.csv',
    bytes: Buffer.from(Array.from({ length: 4096 }, (_, at) => (at * 7919) % 256)),
  },
  { name: 'noise called Parquet', file: 'noise.parquet', bytes: Buffer.from('PAR1 but not really PAR1') },
  { name: 'a Parquet file cut short', file: 'cut.parquet', bytes: Buffer.from('PAR1\u0015\u0004\u0015') },
  { name: 'a packed file with another name', file: 'packed.csv', bytes: gzipSync(`${head}\n${line('1')}\n`) },
  {
    name: 'a page of HTML',
    file: 'page.csv',
    bytes: Buffer.from('<!doctype html><html><body>Sign in</body></html>'),
  },
];
for (const { name, file, bytes } of refused)
  test(`a file of ${name} is refused with a sentence`, async () => {
    const path = join(directory.path, file);
    await writeFile(path, bytes);
    await assert.rejects(readBillWith(warehouse, path), (error: unknown) => {
      assert.ok(error instanceof StartupError, String(error));
      assert.ok(error.message.includes(file) && error.message.length < 600, error.message);
      return true;
    });
  });
