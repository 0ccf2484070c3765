import { quoteIdentifier } from '../statement/sql-text.js';
import { openServer, type ServerOptions } from './open-server.js';

const CREATE = 'CREATE DATABASE IF NOT EXISTS {database: Identifier}';

/** Makes the configured database, on every node of the cluster if one is named; every other call expects it. */
export async function createServerDatabase(options: ServerOptions, cluster: string | null): Promise<void> {
  const server = await openServer({ ...options, database: 'default' });
  const sql = cluster === null ? CREATE : `${CREATE} ON CLUSTER ${quoteIdentifier(cluster)}`;
  try {
    await server.command(sql, { database: options.database });
  } finally {
    await server.close();
  }
}
