import { z } from 'zod';

/** A JSON Schema or any part of an OpenAPI document. */
export type Json = { [key: string]: unknown };

/** What a caller sends, or what it gets: the same zod schema may describe two shapes (defaults, transforms). */
export type Direction = 'input' | 'output';

type Converted = { root: Json; components: Json };

/** Where a schema named by `.meta({ id })` goes. Sent and received shapes stay apart until `mergeDirections`. */
function componentName(id: string, direction: Direction): string {
  return direction === 'input' ? `${id}Input` : id;
}

/** Draws one zod schema as JSON Schema 2020-12, with its named parts as components. */
export function toJsonSchema(schema: z.ZodType, direction: Direction): Converted {
  const {
    $schema: _dialect,
    $defs,
    ...root
  } = z.toJSONSchema(schema, {
    io: direction,
    unrepresentable: 'any',
    override: ({ zodSchema, jsonSchema }) => {
      const { def } = zodSchema._zod;
      if (def.type === 'date') Object.assign(jsonSchema, { type: 'string', format: 'date-time' });
      // An answer may gain fields without a new version, so readers must not forbid them.
      const isStrict = def.type === 'object' && 'catchall' in def && def.catchall !== undefined;
      if (def.type === 'object' && !isStrict) delete jsonSchema.additionalProperties;
    },
  });
  const rename = (ref: string) => `#/components/schemas/${componentName(lastPart(ref), direction)}`;
  const components: Json = {};
  for (const [id, part] of Object.entries($defs ?? {})) {
    const { id: _id, ...body } = part;
    components[componentName(id, direction)] = mapRefs(body, rename);
  }
  return { root: asJson(mapRefs(root, rename)), components };
}

/** Gives a schema that looks the same sent and received one name instead of two, throughout a document. */
export function mergeDirections(document: Json, components: Json): { document: Json; components: Json } {
  const inputs = Object.keys(components).filter((name) => name.endsWith('Input'));
  const merged = new Set(inputs.map((name) => name.slice(0, -'Input'.length)));
  const collapse = (ref: string) => {
    const id = lastPart(ref).replace(/Input$/, '');
    return merged.has(id) ? `#/components/schemas/${id}` : ref;
  };
  // Two shapes that differ pull apart whatever holds them, so this repeats until nothing changes.
  for (let before = -1; before !== merged.size; ) {
    before = merged.size;
    for (const id of merged) {
      const output = components[id];
      const input = components[`${id}Input`];
      if (output !== undefined && text(mapRefs(output, collapse)) !== text(mapRefs(input, collapse)))
        merged.delete(id);
    }
  }
  const kept: Json = {};
  for (const [name, body] of Object.entries(components))
    kept[lastPart(collapse(`/${name}`))] = mapRefs(body, collapse);
  return { document: asJson(mapRefs(document, collapse)), components: kept };
}

const ObjectSchema = z.object({
  $ref: z.string().optional(),
  allOf: z.array(z.record(z.string(), z.unknown())).default([]),
  properties: z.record(z.string(), z.record(z.string(), z.unknown())).default({}),
  required: z.array(z.string()).default([]),
});

/** The properties of an object schema, through references and intersections. */
export function propertiesOf(
  schema: Json,
  components: Json,
): { name: string; schema: Json; isRequired: boolean }[] {
  const { $ref, allOf, properties, required } = ObjectSchema.parse(schema);
  if ($ref !== undefined) return propertiesOf(asJson(components[lastPart($ref)]), components);
  const own = Object.entries(properties).map(([name, body]) => ({
    name,
    schema: body,
    isRequired: required.includes(name),
  }));
  return [...own, ...allOf.flatMap((part) => propertiesOf(part, components))];
}

function mapRefs(value: unknown, rename: (ref: string) => string): unknown {
  if (Array.isArray(value)) return value.map((item) => mapRefs(item, rename));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, child]) =>
      key === '$ref' && typeof child === 'string' ? [key, rename(child)] : [key, mapRefs(child, rename)],
    ),
  );
}

function asJson(value: unknown): Json {
  return typeof value === 'object' && value !== null ? Object.fromEntries(Object.entries(value)) : {};
}

function lastPart(ref: string): string {
  return ref.slice(ref.lastIndexOf('/') + 1);
}

function text(value: unknown): string {
  return JSON.stringify(value);
}
