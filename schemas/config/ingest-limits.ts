import { z } from 'zod';
import { byteSize } from './byte-size.js';
import { duration } from './duration.js';

const share = z
  .number({ error: 'must be a number from 0 to 1' })
  .gte(0, { error: 'must be from 0 to 1' })
  .lte(1, { error: 'must be from 0 to 1' });
const count = ({ atMost }: { atMost: number }) =>
  z
    .int({ error: 'must be a whole number' })
    .min(1, { error: 'must be at least 1' })
    .max(atMost, { error: `must be at most ${atMost}` });
/** How much one item may hold, and how many names one tenant may bring in a day. */
export const cardinalityLimits = {
  attributesPerItem: count({ atMost: 10_000 })
    .prefault(256)
    .describe('Attributes of one span, event, data point, log record or resource; more are left out.'),
  keyBytes: byteSize({ atLeast: 16 })
    .prefault(256)
    .describe('Longest key of an attribute; one with a longer key is left out.'),
  valueBytes: byteSize({ atLeast: 64 })
    .prefault('64 KiB')
    .describe('Longest value of an attribute, and status message; a longer one is cut and marked.'),
  nameBytes: byteSize({ atLeast: 64 })
    .prefault('1 KiB')
    .describe('Longest name of a span, event, metric, function or version; a longer one is cut and marked.'),
  bodyBytes: byteSize({ atLeast: 64 })
    .prefault('256 KiB')
    .describe('Longest body of a log record; a longer one is cut and marked.'),
  functions: count({ atMost: 1_000_000 })
    .prefault(10_000)
    .describe('New functions of one tenant in a day; what more of them send is refused.'),
  attributeKeys: count({ atMost: 1_000_000 })
    .prefault(10_000)
    .describe('New attribute keys of one tenant in a day; attributes with further ones are left out.'),
  spanNames: count({ atMost: 1_000_000 })
    .prefault(20_000)
    .describe('New span names of one tenant in a day; further ones are stored as "(other)".'),
  metricNames: count({ atMost: 1_000_000 })
    .prefault(10_000)
    .describe('New metrics of one tenant in a day; points of further ones are refused.'),
  columnValues: count({ atMost: 1_000_000 })
    .prefault(10_000)
    .describe(
      'New values of one tenant in a day for each of environment, version, team, region and the like; further ones are stored as "(other)".',
    ),
};

export const Sampling = z.strictObject({
  spansRatio: share
    .prefault(1)
    .describe(
      'Share of traces whose spans are stored, chosen by trace id; those with an error, a slow span or a cold start always are. Invocations are never sampled.',
    ),
  logsRatio: share
    .prefault(1)
    .describe('The same for log records, which follow their trace; errors always are stored.'),
  slowMs: duration({ atLeastMs: 1, atMostMs: 3_600_000 })
    .prefault('1s')
    .describe('A span of at least this duration makes its trace one that is always stored.'),
});
