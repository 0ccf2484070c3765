import { z } from 'zod';
import { SloFile } from './slo-definition.js';

/** The JSON Schema of SLO files for editors, as `schemas/slo.schema.json` holds it. */
export function sloSchemaText(): string {
  const { $schema, ...rest } = z.toJSONSchema(SloFile, { io: 'input' });
  const named = { $schema, title: 'slos/*.yaml', description: 'Objectives of Coldburn.', ...rest };
  return `${JSON.stringify(named, null, 2)}\n`;
}
