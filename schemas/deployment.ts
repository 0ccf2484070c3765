import { z } from 'zod';
import { Instant } from './instant.js';

const word = (description: string) => z.string().trim().max(500).meta({ description });
const required = (description: string) => word(description).min(1, 'must not be empty');

/** `detected` ones were seen in telemetry: a version ran that never ran before, of a function that had another. */
const DeploymentSource = z.enum(['api', 'cli', 'detected']);

export const Deployment = z
  .object({
    id: z
      .string()
      .meta({ description: 'The same for the same function, environment, version, region and instant' }),
    function: z.string(),
    environment: z
      .string()
      .meta({ description: 'Empty: every environment (posted), or none is told (detected)' }),
    version: z.string(),
    region: z.string().meta({ description: 'Empty: every region (posted), or none is told (detected)' }),
    at: z.iso
      .datetime()
      .meta({ description: 'As posted, or the start of the first invocation of the version' }),
    until: z.iso.datetime().nullable().meta({ description: 'End of the roll-out; null when not told' }),
    source: DeploymentSource,
    author: z.string().meta({ description: 'Empty when detected' }),
    commit: z.string(),
    url: z.string(),
    notes: z.string(),
    deleted: z
      .object({ at: z.iso.datetime(), author: z.string(), reason: z.string() })
      .nullable()
      .meta({ description: 'Who deleted it, when and why; such are listed only on request' }),
  })
  .meta({ id: 'Deployment' });
export type Deployment = z.infer<typeof Deployment>;

export const DeploymentList = z
  .object({
    from: z.iso.datetime().meta({ description: 'Start of the window, included' }),
    to: z.iso.datetime().meta({ description: 'End of the window, not included' }),
    deployments: z.array(Deployment).meta({ description: 'Latest first' }),
    truncated: z
      .boolean()
      .meta({ description: 'True when there are more than `limit`; the latest are listed' }),
  })
  .meta({ id: 'DeploymentList' });
export type DeploymentList = z.infer<typeof DeploymentList>;

const link = z
  .union([z.literal(''), z.url({ protocol: /^https?$/, error: 'must be an http or https address' })])
  .meta({ description: 'Where to read more, such as the pipeline run' });

export const NewDeployment = z
  .strictObject({
    function: required('Name of the function, as its telemetry has it'),
    version: required('Version, as the telemetry of the function has it'),
    environment: word('Left out: every environment').default(''),
    region: word('Left out: every region').default(''),
    at: Instant.optional().meta({ description: 'Left out: now' }),
    until: Instant.optional().meta({ description: 'End of the roll-out' }),
    source: z.enum(['api', 'cli']).default('api'),
    author: word('Who deployed; left out: the key that posts it').default(''),
    commit: word('Commit the version was built from').default(''),
    url: link.default(''),
    reason: word('Why it is deployed: the first line of its notes').default(''),
    notes: z.string().trim().max(5000).default(''),
  })
  .meta({ id: 'NewDeployment' });
export type NewDeployment = z.infer<typeof NewDeployment>;
