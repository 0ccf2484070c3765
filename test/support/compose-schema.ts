import { z } from 'zod';

// The part of the Compose specification (https://github.com/compose-spec/compose-spec) our files keep to. Strict, so
// that a misspelt key, which Docker Compose would refuse on somebody else's machine, is refused here.

const duration = z.string().regex(/^(\d+h)?(\d+m)?(\d+s)?$/);
const size = z.string().regex(/^\d+[kmg]$/);

const Healthcheck = z.strictObject({
  test: z.array(z.string()).refine((words) => words[0] === 'CMD', 'must not go through a shell'),
  interval: duration,
  timeout: duration,
  retries: z.int().positive(),
  start_period: duration.optional(),
});

const ComposeService = z.strictObject({
  image: z.string(),
  command: z.array(z.string()).optional(),
  depends_on: z
    .record(
      z.string(),
      z.strictObject({ condition: z.enum(['service_healthy', 'service_completed_successfully']) }),
    )
    .optional(),
  restart: z.enum(['unless-stopped', 'always', 'on-failure']),
  stop_grace_period: duration,
  environment: z.record(z.string(), z.string()),
  ports: z.array(z.string()).optional(),
  volumes: z.array(z.string()),
  networks: z.array(z.string()).optional(),
  read_only: z.boolean().optional(),
  tmpfs: z.array(z.string()).optional(),
  cap_drop: z.array(z.literal('ALL')).optional(),
  security_opt: z.array(z.literal('no-new-privileges:true')).optional(),
  ulimits: z
    .strictObject({ nofile: z.strictObject({ soft: z.int().positive(), hard: z.int().positive() }) })
    .optional(),
  healthcheck: Healthcheck.optional(),
  logging: z.strictObject({
    driver: z.literal('json-file'),
    options: z.strictObject({ 'max-size': size, 'max-file': z.string().regex(/^\d+$/) }),
  }),
  deploy: z.strictObject({
    resources: z.strictObject({
      limits: z.strictObject({ cpus: z.string().regex(/^\d+(\.\d+)?$/), memory: size }),
    }),
  }),
});

export const ComposeFile = z
  .looseObject({
    name: z.string().regex(/^[a-z0-9][a-z0-9_-]*$/),
    services: z.record(z.string(), ComposeService),
    networks: z.record(z.string(), z.strictObject({})).optional(),
    volumes: z.record(z.string(), z.strictObject({})),
  })
  .superRefine((file, context) => {
    for (const key of Object.keys(file)) {
      if (!['name', 'services', 'networks', 'volumes'].includes(key) && !key.startsWith('x-')) {
        context.addIssue({ code: 'custom', message: `unknown top-level key ${key}` });
      }
    }
  });
