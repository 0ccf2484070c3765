import type { Tenant } from '../../schemas/access.js';
import type { LabelMatch } from '../../schemas/alerting/labels.js';
import type { Recurrence } from '../../schemas/alerting/recurrence.js';
import type { Warehouse } from '../../warehouse/warehouse.js';

const MAKE = `
  INSERT INTO silences (tenant, silence, event, at, actor, author, reason, match, starts_at, ends_at, recurrence)
  SELECT {tenant: String}, {id: String}, 'made', {at: DateTime64(3, 'UTC')}, {actor: String}, {author: String},
    {reason: String}, {match: String}, {from: DateTime64(3, 'UTC')}, {until: DateTime64(3, 'UTC')}, {recurrence: String}`;

const END = `
  INSERT INTO silences (tenant, silence, event, at, actor, author, reason, match, starts_at, ends_at, recurrence)
  SELECT {tenant: String}, {id: String}, 'ended', {at: DateTime64(3, 'UTC')}, {actor: String}, {author: String},
    {reason: String}, '', {at: DateTime64(3, 'UTC')}, {at: DateTime64(3, 'UTC')}, ''`;

type Said = { id: string; at: Date; actor: string; author: string; reason: string };

export type MadeSilence = Said & {
  match: LabelMatch;
  from: Date;
  until: Date;
  recurrence: Recurrence | null;
};

/** The one writer of silences, for one tenant. Events only; what they come to is read, never stored. */
export type SilenceLog = {
  make: (silence: MadeSilence) => Promise<void>;
  end: (end: Said) => Promise<void>;
};

export function silenceLog(warehouse: Pick<Warehouse, 'command'>, tenant: Tenant): SilenceLog {
  return {
    make: ({ match, recurrence, ...silence }) =>
      warehouse.command(MAKE, {
        ...silence,
        tenant,
        match: JSON.stringify(match),
        recurrence: recurrence === null ? '' : JSON.stringify(recurrence),
      }),
    end: (end) => warehouse.command(END, { ...end, tenant }),
  };
}
