import { z } from 'zod';
import type { Access, Tenant } from '../../schemas/access.js';
import { problemText } from '../../schemas/config/problem.js';
import { readYaml } from '../../schemas/config/yaml-tree.js';
import { Problem, ProblemError } from '../../schemas/problem.js';
import { SloAnswer, SloList, type StoredSlo } from '../../schemas/slo/slo-answer.js';
import { SloDefinition } from '../../schemas/slo/slo-definition.js';
import { writeSlo } from '../../schemas/slo/write-slo.js';
import type { ZodPlugin } from '../../schemas/zod-http.js';
import type { TenantWarehouse } from '../../warehouse/warehouse.js';
import type { SloLog } from '../definitions/append-version.js';
import { compositeProblems } from '../definitions/composite-problems.js';
import { describeHistory } from '../definitions/describe-history.js';
import { type CurrentSlo, foldVersions } from '../definitions/fold-versions.js';
import { readVersions } from '../definitions/read-versions.js';
import { judgeTiers } from '../tiers/judge-slo.js';

export type SloRouteDeps = {
  now: () => Date;
  openTenant: (access: Access) => TenantWarehouse;
  openLog: (tenant: Tenant) => SloLog;
  /** What is wrong with the files this process reads. */
  fileProblems: (tenant: Tenant) => readonly string[];
};

export const SloParams = z.object({ id: z.string().max(100) });

/** Definitions of objectives: read by everyone, put and deleted by operators unless a file is their source. */
export function sloRoutes({ now, openTenant, openLog, fileProblems }: SloRouteDeps): ZodPlugin {
  const answer = async (access: Access, id: string): Promise<SloAnswer> => {
    const versions = await readVersions(openTenant(access), id);
    const [slo] = foldVersions(versions).current;
    if (slo === undefined) throw new ProblemError('NOT_FOUND', `There is no SLO "${id}".`);
    const history = describeHistory(versions).map(({ version, event, source, author, at, change }) => {
      return { version, event, source, author, at: at.toISOString(), change };
    });
    return { ...stored(slo), history };
  };
  const changeable = async (access: Access, id: string) => {
    const folded = foldVersions(await readVersions(openTenant(access), id));
    const [slo] = folded.current;
    if (slo?.source === 'file')
      throw new ProblemError(
        'SLO_IN_FILE',
        `The SLO "${id}" is defined in the file ${slo.author}; that file is its source and the API does not change it.`,
      );
    return { slo, nextVersion: (folded.lastVersions.get(`${access.tenant} ${id}`) ?? 0) + 1 };
  };
  return async (app) => {
    const yaml = ['application/yaml', 'application/x-yaml', 'text/yaml'];
    app.addContentTypeParser(yaml, { parseAs: 'string' }, (_request, text, done) => {
      const { tree, problems } = readYaml(String(text), 'body');
      if (problems.length === 0) return done(null, tree);
      return done(new ProblemError('BAD_REQUEST', problems.map(problemText).join('; ')));
    });
    app.get(
      '/api/v1/slos',
      {
        config: { needs: 'viewer', summary: 'Objectives, and what is wrong with SLO files' },
        schema: { response: { 200: SloList } },
      },
      async ({ access }) => {
        const { current, unreadable } = foldVersions(await readVersions(openTenant(access), null));
        const problems = unreadable.map(
          ({ id, version }) =>
            `Version ${version} of the SLO "${id}" cannot be read by this program; put it again`,
        );
        const ofParts = compositeProblems(current.map(({ definition }) => definition)).map(
          ({ id, says }) => `The SLO "${id}" counts less than it says: ${says}`,
        );
        return {
          slos: current.map(stored),
          problems: [...fileProblems(access.tenant), ...problems, ...ofParts],
        };
      },
    );
    app.get(
      '/api/v1/slos/:id',
      {
        config: { needs: 'viewer', summary: 'One objective with its history' },
        schema: { params: SloParams, response: { 200: SloAnswer, 404: Problem } },
      },
      async ({ params: { id }, access }) => await answer(access, id),
    );
    app.put(
      '/api/v1/slos/:id',
      {
        config: { needs: 'operator', summary: 'Make or change an objective; JSON, or YAML as in a file' },
        schema: {
          params: SloParams,
          body: SloDefinition,
          response: { 200: SloAnswer, 400: Problem, 409: Problem },
        },
      },
      async ({ params: { id }, body, access }) => {
        if (body.id !== id)
          throw new ProblemError('BAD_REQUEST', `The body defines "${body.id}", the path says "${id}".`);
        const refused = judgeTiers(body).flatMap(({ problems }) =>
          problems.filter(({ kind }) => kind === 'refused').map(({ says }) => says),
        );
        if (refused.length > 0)
          throw new ProblemError('BAD_REQUEST', `A tier is refused: ${refused.join('; ')}.`);
        const { slo, nextVersion } = await changeable(access, id);
        const definition = JSON.stringify(writeSlo(body));
        if (slo === undefined || JSON.stringify(writeSlo(slo.definition)) !== definition)
          await openLog(access.tenant)({
            slo: id,
            version: nextVersion,
            event: 'put',
            definition,
            source: 'api',
            author: authorOf(access),
            at: now(),
          });
        return await answer(access, id);
      },
    );
    app.delete(
      '/api/v1/slos/:id',
      {
        config: { needs: 'operator', summary: 'Delete an objective; its history is kept' },
        schema: { params: SloParams, response: { 200: SloAnswer, 404: Problem, 409: Problem } },
      },
      async ({ params: { id }, access }) => {
        const last = await answer(access, id);
        const { nextVersion } = await changeable(access, id);
        const event = { slo: id, version: nextVersion, event: 'delete', definition: '' } as const;
        await openLog(access.tenant)({ ...event, source: 'api', author: authorOf(access), at: now() });
        return last;
      },
    );
  };
}

function stored({ id, version, source, author, at, definition }: CurrentSlo): StoredSlo {
  return { id, version, source, author, at: at.toISOString(), definition: writeSlo(definition) };
}

function authorOf({ keyId }: Access): string {
  return keyId ?? 'open';
}
