import process from 'node:process';
import { z } from 'zod';

const TestEnv = z.object({ COLDBURN_TEST_CLICKHOUSE_URL: z.url().optional() });

/** The only place where tests read the environment: a ClickHouse server to run the server suite against. */
export function externalClickHouseUrl(): string | null {
  return TestEnv.parse(process.env).COLDBURN_TEST_CLICKHOUSE_URL ?? null;
}
