import { settingsJsonSchema } from './setting-catalog.js';

/** The JSON Schema of coldburn.yaml for editors, as `schemas/coldburn.schema.json` holds it. */
export function jsonSchemaText(): string {
  const { $schema, ...rest } = settingsJsonSchema();
  const named = { $schema, title: 'coldburn.yaml', description: 'Configuration of Coldburn.', ...rest };
  return `${JSON.stringify(named, null, 2)}\n`;
}
