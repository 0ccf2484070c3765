import type { ApiKey } from '../../schemas/api-key.js';

/** One line per key under a heading, columns aligned. */
export function keyTable(keys: readonly ApiKey[]): string[] {
  const rows = [
    ['KEYID', 'ROLE', 'TENANT', 'CREATED', 'STATE', 'NAME'],
    ...keys.map((key) => [
      key.keyId,
      key.role,
      key.tenant,
      key.createdAt.toISOString(),
      key.revokedAt === null ? 'active' : `revoked ${key.revokedAt.toISOString()}`,
      key.name,
    ]),
  ];
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return rows.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  );
}
