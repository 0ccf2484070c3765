import { stringify } from 'yaml';
import type { Config } from './config.js';
import type { SettingSource, SettingSources } from './parse-config.js';
import { type SettingValue, settingValues } from './setting-text.js';

/** `default`, `coldburn.yaml:12` or `COLDBURN_HTTP`. */
function sourceText(source: SettingSource): string {
  switch (source.kind) {
    case 'default':
      return 'default';
    case 'file':
      return `${source.path}:${source.line}`;
    case 'environment':
      return source.name;
  }
}

/**
 * The effective configuration as a coldburn.yaml, each line saying where its value came from. Reading it back gives
 * the same configuration, secrets aside: those stand as comments.
 */
export function printConfig(config: Config, sources: SettingSources): string[] {
  const lines: { text: string; source: string | null }[] = [];
  let open: readonly string[] = [];
  for (const [name, value] of settingValues(config)) {
    const path = name.split('.');
    const above = path.slice(0, -1);
    const shared = above.findIndex((key, index) => open[index] !== key);
    for (const [depth, key] of above.entries()) {
      if (shared !== -1 && depth >= shared)
        lines.push({ text: `${'  '.repeat(depth)}${key}:`, source: null });
    }
    open = above;
    const indent = '  '.repeat(above.length);
    lines.push({
      text: `${indent}${valueText(path.at(-1) ?? name, value)}`,
      source: sourceText(sources.get(name) ?? { kind: 'default' }),
    });
  }
  const width = Math.max(...lines.map(({ text }) => (text.length > 60 ? 0 : text.length)));
  return lines.map(({ text, source }) => (source === null ? text : `${text.padEnd(width)}  # ${source}`));
}

function valueText(key: string, setting: SettingValue): string {
  switch (setting.kind) {
    case 'secret':
      return `# ${key}: (hidden)`;
    case 'secrets':
      return setting.names.length === 0 ? `${key}: {}` : `# ${key}: ${setting.names.join(', ')} (hidden)`;
    case 'map': {
      const pairs = Object.entries(setting.values).map(
        ([name, value]) => `${JSON.stringify(name)}: ${value}`,
      );
      return `${key}: {${pairs.join(', ')}}`;
    }
    case 'plain': {
      const { value } = setting;
      if (typeof value !== 'object' || value === null) return `${key}: ${scalarText(value)}`;
      return `${key}: [${value.map(scalarText).join(', ')}]`;
    }
  }
}

/** YAML's own quoting, on one line. */
function scalarText(value: string | number | null): string {
  const text = stringify(value, { lineWidth: 0 }).replace(/\n$/, '');
  return text.includes('\n') ? JSON.stringify(value) : text;
}

/** The same for programs: every setting by dotted name, with its value and source; secrets are `"(hidden)"`. */
export function configJson(config: Config, sources: SettingSources) {
  const entries = [...settingValues(config)].map(([name, value]) => {
    return [
      name,
      { value: jsonValue(value), source: sourceText(sources.get(name) ?? { kind: 'default' }) },
    ] as const;
  });
  return Object.fromEntries(entries);
}

function jsonValue(setting: SettingValue) {
  switch (setting.kind) {
    case 'secret':
      return '(hidden)';
    case 'secrets':
      return Object.fromEntries(setting.names.map((name) => [name, '(hidden)']));
    case 'map':
      return setting.values;
    case 'plain':
      return setting.value;
  }
}
