import { z } from 'zod';
import { nearest } from '../nearest.js';
import { Settings } from './config.js';
import { pathText, type SettingPath } from './problem.js';

/** The settings as editors see them. zod gives it; everything below and the documentation read it. */
export function settingsJsonSchema() {
  return z.toJSONSchema(Settings, { io: 'input' });
}

/** The part of JSON Schema this program's own schema uses. */
export type SchemaNode = {
  $ref?: string | undefined;
  $defs?: Record<string, SchemaNode> | undefined;
  type?: string | string[] | undefined;
  description?: string | undefined;
  default?: unknown;
  const?: unknown;
  enum?: unknown[] | undefined;
  anyOf?: SchemaNode[] | undefined;
  oneOf?: SchemaNode[] | undefined;
  items?: SchemaNode | undefined;
  properties?: Record<string, SchemaNode> | undefined;
  additionalProperties?: SchemaNode | boolean | undefined;
  pattern?: string | undefined;
  minimum?: number | undefined;
  maximum?: number | undefined;
};
const SchemaNode: z.ZodType<SchemaNode> = z.lazy(() =>
  z.object({
    $ref: z.string().optional(),
    $defs: z.record(z.string(), SchemaNode).optional(),
    type: z.union([z.string(), z.array(z.string())]).optional(),
    description: z.string().optional(),
    default: z.unknown().optional(),
    const: z.unknown().optional(),
    enum: z.array(z.unknown()).optional(),
    anyOf: z.array(SchemaNode).optional(),
    oneOf: z.array(SchemaNode).optional(),
    items: SchemaNode.optional(),
    properties: z.record(z.string(), SchemaNode).optional(),
    additionalProperties: z.union([z.boolean(), SchemaNode]).optional(),
    pattern: z.string().optional(),
    minimum: z.number().optional(),
    maximum: z.number().optional(),
  }),
);

export type Setting = { path: readonly string[]; node: SchemaNode };

export type SettingCatalog = { root: SchemaNode; settings: readonly Setting[] };

/** Every setting of coldburn.yaml in the order of the schema. */
export function settingCatalog(): SettingCatalog {
  ownCatalog ??= catalogOf(Settings);
  return ownCatalog;
}

/** Worked out once: it is the same each time, and takes longer than reading a file. */
let ownCatalog: SettingCatalog | null = null;

/** Every setting a schema has. A map with fixed keys is not a setting itself; its keys are. */
export function catalogOf(schema: z.ZodType): SettingCatalog {
  const walk = (node: SchemaNode, path: readonly string[]): Setting[] =>
    node.properties === undefined
      ? [{ path, node }]
      : Object.entries(node.properties).flatMap(([key, child]) => walk(child, [...path, key]));
  const root = SchemaNode.parse(z.toJSONSchema(schema, { io: 'input' }));
  return { root, settings: walk(root, []) };
}

/** What an unknown key was probably meant to be: a key known there, or a setting of that name elsewhere. */
export function suggestKey(
  path: SettingPath,
  key: string,
  { root, settings }: SettingCatalog,
): string | null {
  const near = nearest(key, knownKeys(root, path, root));
  const lower = key.toLowerCase();
  if (near?.toLowerCase() === lower) return near;
  const elsewhere = settings.find(
    (setting) =>
      setting.path.at(-1)?.toLowerCase() === lower || pathText(setting.path).toLowerCase() === lower,
  );
  return elsewhere === undefined
    ? near
    : `${elsewhere.path.at(-1)} inside ${pathText(elsewhere.path.slice(0, -1))}`;
}

function knownKeys(given: SchemaNode, path: SettingPath, root: SchemaNode): string[] {
  const node = meant(given, root);
  const [key, ...rest] = path;
  const shapes = [node, ...alternatives(node)].map((shape) => meant(shape, root));
  if (typeof key === 'number') {
    return shapes.flatMap(({ items }) => (items === undefined ? [] : knownKeys(items, rest, root)));
  }
  if (key === undefined) {
    const inside = alternatives(node).flatMap((shape) => knownKeys(shape, [], root));
    return [...Object.keys(node.properties ?? {}), ...inside];
  }
  return shapes.flatMap((shape) => {
    const { additionalProperties: any } = shape;
    const child = shape.properties?.[key] ?? (typeof any === 'object' ? any : undefined);
    return child === undefined ? [] : knownKeys(child, rest, root);
  });
}

/** What a schema used in several places, or within itself, stands for. */
function meant(node: SchemaNode, root: SchemaNode): SchemaNode {
  const name = /^#\/\$defs\/(.+)$/.exec(node.$ref ?? '')?.[1];
  return (name === undefined ? undefined : root.$defs?.[name]) ?? node;
}

function alternatives({ anyOf = [], oneOf = [] }: SchemaNode): SchemaNode[] {
  return [...anyOf, ...oneOf];
}
