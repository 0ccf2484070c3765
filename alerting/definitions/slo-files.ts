import type { Tenant } from '../../schemas/access.js';
import type { Warehouse } from '../../warehouse/warehouse.js';
import { sloLog } from './append-version.js';
import { foldVersions } from './fold-versions.js';
import { planFileChanges } from './plan-file-changes.js';
import { readSloDirectory, stampOf } from './read-slo-directory.js';
import { readVersions } from './read-versions.js';

export type SloFilesDeps = {
  warehouse: Warehouse;
  directory: string;
  tenant: Tenant;
  now: () => Date;
  onChange: (change: { slo: string; event: 'put' | 'delete'; version: number; file: string }) => void;
  onProblem: (sentence: string) => void;
};

export type SloFiles = {
  /** Takes in what changed since the last look; costs a few file lookups when nothing did. */
  look: () => Promise<void>;
  /** What is wrong with the files of this tenant, as of the last look. */
  problems: (tenant: Tenant) => readonly string[];
};

/** Keeps the stored objectives as the files have them. */
export function createSloFiles(deps: SloFilesDeps): SloFiles {
  const { warehouse, directory, tenant, now } = deps;
  let stamp: string | null = null;
  let problems: readonly string[] = [];
  const look = async (): Promise<void> => {
    const seen = await stampOf(directory);
    if (seen === stamp) return;
    const files = await readSloDirectory(directory);
    const folded = foldVersions(await readVersions(warehouse.forTenant(tenant), null));
    const lastVersionOf = (id: string) => folded.lastVersions.get(`${tenant} ${id}`) ?? 0;
    const changes = planFileChanges(files.slos, folded.current, lastVersionOf, files.problems.length === 0);
    const append = sloLog(warehouse, tenant);
    for (const change of changes) {
      await append({ ...change, at: now() });
      const { slo, event, version, author } = change;
      deps.onChange({ slo, event, version, file: author });
    }
    for (const problem of files.problems) if (!problems.includes(problem)) deps.onProblem(problem);
    problems = files.problems;
    stamp = seen;
  };
  return { look, problems: (asked) => (asked === tenant ? problems : []) };
}
