import type { UsageFilter } from '../../cost/store/usage-sql.js';

type Asked = { [Key in keyof UsageFilter]?: string | undefined };

/** What to keep of usage: null keeps all. */
export function askedFilter(query: Asked): UsageFilter {
  const { environment = null, version = null, team = null, provider = null, region = null } = query;
  return { function: query.function ?? null, environment, version, team, provider, region };
}
