/** What a template may name between {{ and }}; labels as {{label.team}}. */
export const templateNames = [
  'id',
  'tenant',
  'threadId',
  'kind',
  'severity',
  'title',
  'headline',
  'text',
  'details',
  'at',
  'firing',
  'resolved',
  'viewUrl',
  'runbookUrl',
] as const;
export type TemplateName = (typeof templateNames)[number];

const place = /\{\{\s*([\w.]+)\s*\}\}/g;

/** Names in a template that stand for nothing. */
export function unknownNames(template: string): string[] {
  return [...template.matchAll(place)].flatMap(([, name = '']) =>
    name.startsWith('label.') || templateNames.some((known) => known === name) ? [] : [name],
  );
}

export function fillTemplate(template: string, textOf: (name: string) => string): string {
  return template.replace(place, (_whole, name: string) => textOf(name));
}
