import { argv, stdout } from 'node:process';
import { migratedWarehouse } from '../support/migrated-warehouse.js';
import { settlerUnderTest, shiftedClock } from './settle-harness.js';

// Opens the directory, stores a hundred runs with their reports, says so, and settles until it is killed.
const [, , dataDir = '', workDir = '', round = '0'] = argv;

const RUNS = `
  INSERT INTO invocations (tenant, environment, function, started_at, duration_ns, outcome, invocation_id, span_id, received_at)
  SELECT 'default', 'prod', 'mortal', now64(9) - toIntervalMillisecond(number), 1000000, 'ok',
    concat({round: String}, '-', toString(number)), unhex(leftPad(hex(number + 1000 * toUInt64({round: String})), 16, '0')), now64(3)
  FROM numbers(1000)`;

const REPORTS = `
  INSERT INTO platform_reports (tenant, environment, function, at, invocation_id, outcome, duration_ns, billed_ms, received_at)
  SELECT 'default', 'prod', 'mortal', now64(9) - toIntervalMillisecond(number), concat({round: String}, '-', toString(number)),
    'ok', 1000000, 1, now64(3)
  FROM numbers(1000)`;

const warehouse = await migratedWarehouse(dataDir);
await warehouse.command(RUNS, { round });
await warehouse.command(REPORTS, { round });
const { tick } = settlerUnderTest(warehouse, workDir, shiftedClock());
stdout.write('settling\n');
for (;;) await tick();
