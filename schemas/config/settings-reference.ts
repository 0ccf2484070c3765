import { environmentSettings } from './environment-names.js';
import { pathText } from './problem.js';
import { type SchemaNode, settingCatalog } from './setting-catalog.js';

/** The table of settings in docs/configuration.md, as Markdown lines. */
export function settingsReference(): string[] {
  const names = new Map(Object.entries(environmentSettings).map(([name, path]) => [pathText(path), name]));
  const rows = settingCatalog().settings.map(({ path, node }) => {
    const name = pathText(path);
    const environment = names.get(name);
    const first = environment === undefined ? `\`${name}\`` : `\`${name}\`<br>\`${environment}\``;
    return `| ${first} | ${defaultText(node)} | ${cellText(node)} |`;
  });
  return ['| Setting, environment name | Default | Meaning |', '|---|---|---|', ...rows];
}

function defaultText({ default: value }: SchemaNode): string {
  if (value === null || value === undefined) return 'not set';
  if (Array.isArray(value)) return `\`[${value.map(String).join(', ')}]\``;
  return `\`${typeof value === 'string' ? value : JSON.stringify(value)}\``;
}

function cellText({ description = '', enum: values }: SchemaNode): string {
  const choices = values === undefined ? '' : ` One of ${values.map((value) => `\`${value}\``).join(', ')}.`;
  return `${description}${choices}`.replaceAll('|', '\\|');
}
