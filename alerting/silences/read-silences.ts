import { z } from 'zod';
import { LabelMatch } from '../../schemas/alerting/labels.js';
import { Recurrence } from '../../schemas/alerting/recurrence.js';
import type { TenantWarehouse } from '../../warehouse/warehouse.js';
import type { StoredSilence } from './silence-state.js';

const SQL = `
  SELECT
    silence AS id,
    anyIf((match, recurrence, author, reason), event = 'made') AS made,
    toUnixTimestamp64Milli(minIf(at, event = 'made')) AS made_ms,
    toUnixTimestamp64Milli(anyIf(starts_at, event = 'made')) AS from_ms,
    toUnixTimestamp64Milli(anyIf(ends_at, event = 'made')) AS until_ms,
    countIf(event = 'ended') > 0 AS is_ended,
    argMinIf((author, reason), at, event = 'ended') AS ended,
    toUnixTimestamp64Milli(minIf(at, event = 'ended')) AS ended_ms
  FROM silences
  WHERE tenant = {tenant: String}
  GROUP BY silence
  HAVING countIf(event = 'made') > 0 AND until_ms >= {sinceMs: Int64}
  ORDER BY made_ms DESC, id
  LIMIT 10000` as const;

const ms = z.coerce.number().int();
const text = z.string();
const Row = z
  .object({
    id: text,
    made: z.tuple([text, text, text, text]),
    made_ms: ms,
    from_ms: ms,
    until_ms: ms,
    is_ended: z.coerce.boolean(),
    ended: z.tuple([text, text]),
    ended_ms: ms,
  })
  .transform(({ id, made, made_ms, from_ms, until_ms, is_ended, ended, ended_ms }): StoredSilence => {
    const [match, recurrence, author, reason] = made;
    return {
      id,
      match: LabelMatch.parse(JSON.parse(match)),
      fromMs: from_ms,
      untilMs: until_ms,
      recurrence: recurrence === '' ? null : Recurrence.parse(JSON.parse(recurrence)),
      author,
      reason,
      createdAtMs: made_ms,
      ended: is_ended ? { atMs: ended_ms, author: ended[0], reason: ended[1] } : null,
    };
  });

/** Silences that had not expired at an instant, those ended before their time among them; the latest made first. */
export async function readSilences(warehouse: TenantWarehouse, since: Date): Promise<StoredSilence[]> {
  return await warehouse.query(SQL, { sinceMs: since.getTime() }, Row, { lane: 'lookups' });
}
