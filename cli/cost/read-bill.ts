import { randomUUID } from 'node:crypto';
import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { z } from 'zod';
import { type BillColumns, billColumns, billFields } from '../../query/cost/bill/column-maps.js';
import { BillRecord } from '../../schemas/cost/bill.js';
import { StartupError } from '../../schemas/startup-error.js';
import { openEmbedded } from '../../warehouse/embedded/open-embedded.js';
import type { Warehouse } from '../../warehouse/warehouse.js';
import { WarehouseError } from '../../warehouse/warehouse-error.js';
import type { WarehouseLimits } from '../../warehouse/warehouse-limits.js';

const Names = z.object({ name: z.string() });
/** Of a bill, the engine passes on sums by day and everything that tells rows apart. */
const amounts = ['quantity', 'list', 'contracted', 'billed', 'effective'];

/** A bill of millions of lines is read once and takes longer than questions do. */
const timeoutMs = 300_000;

export type BillFile = { records: BillRecord[]; format: BillColumns['format'] };

/** Reads a bill of any size, CSV or Parquet, with the engine inside: rows that are alike come back added up. */
export async function readBill(path: string, limits: WarehouseLimits, now: () => Date): Promise<BillFile> {
  const full = resolve(path);
  await stat(full).catch((error: unknown) => {
    throw new StartupError(`cannot read ${path}: there is no such file; check the path.`, { cause: error });
  });
  const dataDir = await mkdtemp(join(tmpdir(), 'coldburn-bill-'));
  const warehouse = await openEmbedded({ dataDir, database: 'bill', limits, newId: randomUUID, now });
  try {
    return await readBillWith(warehouse, full);
  } finally {
    await warehouse.close();
    await rm(dataDir, { recursive: true, force: true });
  }
}

/** The same with an engine that is open already: one process has one. */
export async function readBillWith(warehouse: Warehouse, path: string): Promise<BillFile> {
  const engineFormat = /\.parquet$/i.test(path) ? 'Parquet' : 'CSVWithNames';
  // Text in, text out: an amount must not pass through a binary number on its way.
  const settings =
    engineFormat === 'Parquet'
      ? ''
      : ' SETTINGS input_format_csv_use_best_effort_in_schema_inference = 0, input_format_csv_allow_variable_number_of_columns = 1, input_format_csv_skip_trailing_empty_lines = 1';
  const file = 'file({path: String}, {format: String})';
  const ask = async <Row>(sql: string, row: z.ZodType<Row>) =>
    await warehouse.query(sql, { path, format: engineFormat }, row, { timeoutMs }).catch((error: unknown) => {
      if (!(error instanceof WarehouseError) || error.kind !== 'bad-query') throw error;
      throw new StartupError(
        `${path} cannot be read as ${engineFormat === 'Parquet' ? 'Parquet' : 'CSV'}: ${firstSentence(error.message)}`,
        { cause: error },
      );
    });
  const names = await ask(`DESCRIBE TABLE ${file}${settings}`, Names);
  const columns = billColumns(names.map(({ name }) => name));
  if (columns === null)
    throw new StartupError(
      `${path} is neither FOCUS (ChargePeriodStart, …) nor CUR 2.0 (line_item_usage_start_date, …); export one of them.`,
    );
  const records = await ask(`${recordsSql(columns, file)}${settings}`, BillRecord);
  return { records, format: columns.format };
}

/** Of what the engine says, without the name of its error and what it adds for developers. */
function firstSentence(message: string): string {
  if (message.startsWith('EMPTY_DATA_PASSED')) return 'it has no rows; export it again.';
  const [first = message] = message.replace(/^[A-Z_]+: /, '').split('\n');
  return `${first.replace(/\.?$/, '').slice(0, 200)}; export it again.`;
}

function recordsSql({ columns }: BillColumns, file: string): string {
  const textOf = (field: (typeof billFields)[number]) => {
    const name = columns[field];
    if (name === null) return "''";
    const text = `trim(ifNull(toString(\`${name.replaceAll('\\', '\\\\').replaceAll('`', '\\`')}\`), ''))`;
    return `if(upper(${text}) IN ('NULL', 'N/A', 'NONE'), '', ${text})`;
  };
  const keys = billFields.filter((field) => !amounts.includes(field));
  const keySql = keys.map((field) =>
    field === 'start' ? `left(${textOf(field)}, 10) AS start` : `${textOf(field)} AS ${field}`,
  );
  // An amount that is no number at all makes the row unreadable, so such rows stay apart.
  const sums = amounts.map((field) => {
    const text = textOf(field as (typeof billFields)[number]);
    return `if(countIf(${text} != '') = 0, '', toString(sum(toDecimal256OrZero(${text}, 18)))) AS ${field}`;
  });
  const broken = `toDecimal256OrNull(${textOf('billed')}, 18) IS NULL`;
  return `
    SELECT * EXCEPT (is_broken) REPLACE (if(is_broken, '', billed) AS billed)
    FROM (
      SELECT ${[...keySql, ...sums].join(', ')}, ${broken} AS is_broken, count() AS rows
      FROM ${file}
      GROUP BY ${[...keys, 'is_broken'].join(', ')}
    )`;
}
