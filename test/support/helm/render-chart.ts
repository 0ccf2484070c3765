import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse, parseAllDocuments } from 'yaml';
import { z } from 'zod';
import { renderTemplate } from './render-template.js';
import { isRecord } from './template-functions.js';
import { parseTemplate } from './template-tree.js';

const Chart = z.object({ name: z.string(), version: z.string(), appVersion: z.string() });
const Manifest = z.looseObject({ apiVersion: z.string(), kind: z.string() });
export type Manifest = z.infer<typeof Manifest>;
export type Values = Record<string, unknown>;
export type RenderedChart = { manifests: Manifest[]; notes: string };

/** Helm's own rule: maps are merged key by key, everything else is replaced. */
export function mergeValues(base: Values, changes: Values): Values {
  const merged = { ...base };
  for (const [key, change] of Object.entries(changes)) {
    const old = merged[key];
    merged[key] = isRecord(old) && isRecord(change) ? mergeValues(old, change) : change;
  }
  return merged;
}

export function readValues(chartDir: string): Values {
  return z.record(z.string(), z.unknown()).parse(parse(readFileSync(join(chartDir, 'values.yaml'), 'utf8')));
}

/** What `helm install RELEASE` would send for these values, without Helm: the subset of templates the chart keeps to. */
export function renderChart(chartDir: string, values: Values, release = 'prod'): RenderedChart {
  const chart = Chart.parse(parse(readFileSync(join(chartDir, 'Chart.yaml'), 'utf8')));
  const data = {
    Values: mergeValues(readValues(chartDir), values),
    Chart: { Name: chart.name, Version: chart.version, AppVersion: chart.appVersion },
    Release: { Name: release, Namespace: 'observability', Service: 'Helm' },
  };
  const templatesDir = join(chartDir, 'templates');
  const files = readdirSync(templatesDir)
    .sort()
    .map((name) => ({ name, ...parseTemplate(readFileSync(join(templatesDir, name), 'utf8')) }));
  const defines = new Map(files.flatMap((file) => [...file.defines]));
  const rendered = files
    .filter((file) => !file.name.startsWith('_'))
    .map(({ name, body }) => ({ name, text: renderFile(name, () => renderTemplate(body, defines, data)) }));
  return {
    manifests: rendered.filter(({ name }) => name.endsWith('.yaml')).flatMap(({ text }) => documents(text)),
    notes: rendered.find(({ name }) => name === 'NOTES.txt')?.text ?? '',
  };
}

function renderFile(name: string, render: () => string): string {
  try {
    return render();
  } catch (error) {
    throw new Error(`${name}: ${error instanceof Error ? error.message : String(error)}`, { cause: error });
  }
}

function documents(text: string): Manifest[] {
  const found: Manifest[] = [];
  for (const document of parseAllDocuments(text)) {
    if ('errors' in document && document.errors.length > 0)
      throw new Error(`${String(document.errors[0])}\n${text}`);
    const content: unknown = document.toJS();
    if (content !== null) found.push(Manifest.parse(content));
  }
  return found;
}
