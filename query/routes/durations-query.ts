import { z } from 'zod';
import type { OfFunction } from '../durations/of-function.js';
import { filterQuery, flagQuery, windowQuery } from './asked-window.js';

/** Parameters of endpoints about the durations of one function. */
export const durationsQuery = {
  ...windowQuery,
  function: z.string().min(1).max(500).meta({ description: 'Name of the function' }),
  environment: filterQuery('environment'),
  version: filterQuery('version'),
  region: filterQuery('region'),
  cold: flagQuery('Only cold starts (true) or only warm ones (false)'),
  failed: flagQuery('Only those that ended other than ok (true), or only ok ones (false)'),
};

type Asked = { [Key in keyof OfFunction]?: OfFunction[Key] | undefined } & { function: string };

/** What was not asked for keeps everything. */
export function ofFunction(asked: Asked): OfFunction {
  const { environment = null, version = null, region = null, cold = null, failed = null } = asked;
  return { function: asked.function, environment, version, region, cold, failed };
}
