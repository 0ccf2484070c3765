import assert from 'node:assert/strict';
import { afterEach, beforeEach, test } from 'node:test';
import { z } from 'zod';
import { StartupError } from '../../../schemas/startup-error.js';
import { readLedger } from '../../../warehouse/migrate/ledger/ledger.js';
import { migrationStatus } from '../../../warehouse/migrate/ledger/migration-status.js';
import { migrate } from '../../../warehouse/migrate/migrate.js';
import { toMigrations } from '../../../warehouse/migrate/migration.js';
import type { Warehouse } from '../../../warehouse/warehouse.js';
import { inEveryMode } from '../../support/in-every-mode.js';
import { dropDatabases, runnerDeps, single, testMigrationLimits, withCommands } from './migrate-harness.js';

const files = [
  {
    file: '0001_calls.sql',
    text: `CREATE TABLE IF NOT EXISTS {{table:calls sharded by cityHash64(tenant)}} (tenant String, at DateTime)
      ENGINE = {{engine:MergeTree}} ORDER BY (tenant, at) SETTINGS {{settings:deduplicated}}`,
  },
  {
    file: '0002_calls_1m.sql',
    text: `CREATE TABLE IF NOT EXISTS {{table:calls_1m sharded by cityHash64(tenant)}}
        (tenant String, minute DateTime, calls SimpleAggregateFunction(sum, UInt64))
      ENGINE = {{engine:AggregatingMergeTree}} ORDER BY (tenant, minute);
      CREATE MATERIALIZED VIEW IF NOT EXISTS {{view:calls_1m_mv}} TO {{local:calls_1m}}
      AS SELECT tenant, toStartOfMinute(at) AS minute, count() AS calls FROM {{local:calls}} GROUP BY tenant, minute;`,
  },
  {
    file: '0003_team.sql',
    text: "ALTER TABLE {{columns:calls}} ADD COLUMN IF NOT EXISTS team String DEFAULT 'x;y'",
  },
];
const migrations = toMigrations(files);

// The same in fewer steps: dying after each of them takes the square of their number.
const short = toMigrations([
  { file: '0001_calls.sql', text: files[0]?.text ?? '' },
  { file: '0002_rest.sql', text: `${files[1]?.text};${files[2]?.text}` },
]);

const databases = ['fresh', 'whole', 'edited', 'newer', 'mended'];

inEveryMode(
  'migrate',
  (opened) => {
    let warehouse: Warehouse;
    beforeEach(async () => {
      warehouse = opened();
      await dropDatabases(warehouse, databases);
    });
    afterEach(async () => await dropDatabases(warehouse, databases));

    async function schemaOf(database: string): Promise<string[]> {
      const sql = `SELECT replaceAll(create_table_query, {database: String}, 'db') AS sql FROM system.tables
    WHERE database = {database: String} AND NOT startsWith(name, 'schema_migrations_lease') ORDER BY name`;
      const rows = await warehouse.query(sql, { database }, z.object({ sql: z.string() }));
      return rows.map((row) => row.sql);
    }

    test('builds an empty database, writes it down, and finds nothing to do the next time', async () => {
      const first = await migrate(warehouse, migrations, single('fresh'), runnerDeps('a'));
      assert.deepEqual(
        first.applied.map(({ version, statements, resumed }) => ({ version, statements, resumed })),
        [
          { version: 1, statements: 1, resumed: false },
          { version: 2, statements: 2, resumed: false },
          { version: 3, statements: 1, resumed: false },
        ],
      );
      await warehouse.command("INSERT INTO fresh.calls (tenant, at) VALUES ('t', now())");
      const sql = 'SELECT sum(calls) AS calls FROM fresh.calls_1m';
      assert.deepEqual(await warehouse.query(sql, {}, z.object({ calls: z.coerce.number() })), [
        { calls: 1 },
      ]);

      const commands: string[] = [];
      const watched = withCommands(warehouse, async (statement, run) => {
        commands.push(statement);
        await run();
      });
      const second = await migrate(watched, migrations, single('fresh'), runnerDeps('b'));
      assert.deepEqual(second.applied, []);
      assert.deepEqual(commands, [], 'an up-to-date database is only read');
      const status = migrationStatus(migrations, await readLedger(warehouse, single('fresh')));
      assert.deepEqual(
        status.map(({ state, program }) => ({ state, program })),
        Array.from({ length: 3 }, () => ({ state: 'applied', program: '0.1.0' })),
      );
    });

    test('a program that dies after any of its commands leaves what the next one completes', async () => {
      await migrate(warehouse, short, single('whole'), runnerDeps('a'));
      const expected = await schemaOf('whole');
      assert.equal(expected.length, 4);
      let crashes = 0;
      for (let limit = 0; ; limit += 1) {
        const target = single(`crash_${limit}`);
        let count = 0;
        // Dead is dead: the lease is not given back either.
        const dying = withCommands(warehouse, async (_sql, run) => {
          if (count >= limit) throw new Error('the process died');
          count += 1;
          await run();
        });
        const died = await migrate(dying, short, target, runnerDeps('dead')).then(
          () => false,
          () => true,
        );
        const isAbandoned = (holder: string) => holder === 'dead';
        await migrate(warehouse, short, target, runnerDeps('next', { isAbandoned }));
        assert.deepEqual(await schemaOf(target.database), expected, `after ${limit} commands`);
        const status = migrationStatus(short, await readLedger(warehouse, target));
        assert.ok(status.every(({ state }) => state === 'applied'));
        await warehouse.command(`DROP DATABASE ${target.database}`);
        if (!died) break;
        crashes += 1;
      }
      // Database, lease, ledger; then start and end of two migrations, four statements, each with its entry and a sign of life.
      assert.ok(crashes >= 15, `${crashes} places to die at`);
    });

    test('what is there is summed into a new rollup once, wherever the program died', async () => {
      const fill = toMigrations([
        ...files.slice(0, 2),
        {
          file: '0003_calls_1d.sql',
          text: `CREATE TABLE IF NOT EXISTS {{table:calls_1d sharded by cityHash64(tenant)}}
              (tenant String, day DateTime, calls SimpleAggregateFunction(sum, UInt64))
            ENGINE = {{engine:AggregatingMergeTree}} ORDER BY (tenant, day) SETTINGS {{settings:deduplicated}};
            INSERT INTO {{fill:calls_1d}} SELECT tenant, toStartOfDay(minute) AS day, sum(calls) AS calls
            FROM {{whole:calls_1m}} GROUP BY ALL ORDER BY ALL
            SETTINGS insert_deduplication_token = 'calls_1d', max_insert_threads = 1;
            CREATE MATERIALIZED VIEW IF NOT EXISTS {{view:calls_1d_mv}} TO {{local:calls_1d}}
            AS SELECT tenant, toStartOfDay(minute) AS day, sum(calls) AS calls FROM {{local:calls_1m}} GROUP BY tenant, day;`,
        },
      ]);
      const target = single('whole');
      const INSERT = `INSERT INTO whole.calls (tenant, at)
        SELECT toString(number % 9), toDateTime('2026-01-01 00:00:00') + number * 977 FROM numbers(5000)`;
      const SUMS = 'SELECT sum(calls) AS calls FROM whole.calls_1d';
      const Sums = z.object({ calls: z.coerce.number() });
      const statements = [/^CREATE TABLE .*calls_1d/, /^INSERT INTO .*calls_1d/, /^CREATE MATERIALIZED VIEW/];
      for (const statement of statements) {
        await dropDatabases(warehouse, ['whole']);
        await migrate(warehouse, fill.slice(0, 2), target, runnerDeps('old'));
        await warehouse.command(INSERT);
        // It has run but is not written down, so it runs again.
        let isDead = false;
        const dying = withCommands(warehouse, async (sql, run) => {
          if (!isDead) await run();
          isDead ||= statement.test(sql);
          if (isDead) throw new Error('the process died');
        });
        await assert.rejects(migrate(dying, fill, target, runnerDeps('dead')));
        assert.ok(isDead);
        const isAbandoned = (holder: string) => holder === 'dead';
        await migrate(warehouse, fill, target, runnerDeps('next', { isAbandoned }));
        assert.equal((await warehouse.query(SUMS, {}, Sums))[0]?.calls, 5000, `after ${statement}`);
        await warehouse.command(INSERT);
        assert.equal(
          (await warehouse.query(SUMS, {}, Sums))[0]?.calls,
          10_000,
          'the view goes on from there',
        );
      }
    });

    test('an applied file that has changed is refused by name, and a later file is not run', async () => {
      await migrate(warehouse, migrations.slice(0, 2), single('edited'), runnerDeps('a'));
      const edited = toMigrations(
        files.map(({ file, text }) => ({ file, text: file.startsWith('0001') ? `${text} -- better` : text })),
      );
      await assert.rejects(migrate(warehouse, edited, single('edited'), runnerDeps('b')), (error) => {
        assert.ok(error instanceof StartupError);
        assert.match(
          error.message,
          /^Migration 0001_calls\.sql was changed after it was applied .*new migration\.$/,
        );
        return true;
      });
      assert.ok((await schemaOf('edited')).every((sql) => !sql.includes('team')));
    });

    test('a database from a newer program is refused with both versions', async () => {
      await migrate(warehouse, migrations, single('newer'), runnerDeps('a', { program: '0.9.0' }));
      await assert.rejects(migrate(warehouse, migrations.slice(0, 1), single('newer'), runnerDeps('b')), {
        name: 'StartupError',
        message:
          'The database "newer" has schema version 3, made by coldburn 0.9.0, but this is coldburn 0.1.0, which knows versions up to 1; run coldburn 0.9.0 or newer, or restore a backup from before that upgrade.',
      });
    });

    test('a statement the engine refuses is named, and a mended program continues behind what worked', async () => {
      const broken = toMigrations([
        ...files.slice(0, 2),
        {
          file: '0003_two.sql',
          text: `ALTER TABLE {{columns:calls}} ADD COLUMN IF NOT EXISTS a String;
        ALTER TABLE {{columns:calls}} ADD COLUMN IF NOT EXISTS b NoSuchType;`,
        },
      ]);
      await assert.rejects(migrate(warehouse, broken, single('mended'), runnerDeps('a')), (error) => {
        assert.ok(error instanceof StartupError);
        assert.match(
          error.message,
          /^Migration 0003_two\.sql stopped at statement 2: .*NoSuchType.*continues there\.$/,
        );
        return true;
      });
      const mend = (text: string) =>
        toMigrations(broken.map((one) => ({ file: one.file, text: one.version === 3 ? text : one.text })));
      const text = broken[2]?.text ?? '';
      const otherFirst = mend(text.replace('NOT EXISTS a', 'NOT EXISTS z').replace('NoSuchType', 'String'));
      await assert.rejects(migrate(warehouse, otherFirst, single('mended'), runnerDeps('b')), {
        name: 'StartupError',
        message: /0003_two\.sql stopped half-way and its statement 1/,
      });
      const report = await migrate(
        warehouse,
        mend(text.replace('NoSuchType', 'String')),
        single('mended'),
        runnerDeps('c'),
      );
      assert.deepEqual(report.applied, [{ version: 3, name: 'two', statements: 1, resumed: true }]);
    });
  },
  testMigrationLimits,
);
