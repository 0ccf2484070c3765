import type { FastifyInstance, FastifyTypeProvider, RawServerDefault } from 'fastify';
import type { z } from 'zod';
import type { Access, Role } from './access.js';

/** Gives handlers the types of their zod schemas, both ways: parsed input in, checked answer out. */
export interface ZodTypeProvider extends FastifyTypeProvider {
  validator: this['schema'] extends z.ZodType ? z.output<this['schema']> : unknown;
  serializer: this['schema'] extends z.ZodType ? z.input<this['schema']> : unknown;
}

export type ZodApp = FastifyInstance<
  RawServerDefault,
  import('node:http').IncomingMessage,
  import('node:http').ServerResponse,
  import('fastify').FastifyBaseLogger,
  ZodTypeProvider
>;

/** A group of routes. Every route says in `config.needs` which role may call it; one without is refused at start-up. */
export type ZodPlugin = (app: ZodApp) => Promise<void>;

/** `public` is for what must answer without a key: the sign-in page, its assets, liveness. */
export type Needs = Role | 'public';

declare module 'fastify' {
  interface FastifyContextConfig {
    needs?: Needs;
    /** One sentence for the OpenAPI document. */
    summary?: string;
    /** Content type of a successful answer that is not JSON, for the OpenAPI document. */
    produces?: string;
  }
  interface FastifyRequest {
    /** Who calls; reading it on a public route throws. */
    access: Access;
  }
}
