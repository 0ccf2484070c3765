export type Labels = Readonly<Record<string, string>>;
export type Sample = { labels?: Labels; value: number; suffix?: '_sum' | '_count' };
export type MetricFamily = {
  name: string;
  help: string;
  type: 'counter' | 'gauge' | 'summary';
  samples: readonly Sample[];
};

/** Asked at each scrape; families without samples are left out, so "no data" is an absent line, never a zero. */
export type MetricSource = () => readonly MetricFamily[];

/** Prometheus text exposition format 0.0.4: families sorted by name, so two scrapes can be compared line by line. */
export function renderPrometheus(families: readonly MetricFamily[]): string {
  const lines: string[] = [];
  for (const family of [...families].sort((a, b) => (a.name < b.name ? -1 : 1))) {
    const samples = family.samples.filter(({ value }) => Number.isFinite(value));
    if (samples.length === 0) continue;
    lines.push(`# HELP ${family.name} ${escapeHelp(family.help)}`, `# TYPE ${family.name} ${family.type}`);
    for (const { labels, value, suffix } of samples) {
      lines.push(`${family.name}${suffix ?? ''}${renderLabels(labels ?? {})} ${value}`);
    }
  }
  return `${lines.join('\n')}\n`;
}

function renderLabels(labels: Labels): string {
  const pairs = Object.entries(labels).map(([name, value]) => `${name}="${escapeLabel(value)}"`);
  return pairs.length === 0 ? '' : `{${pairs.join(',')}}`;
}

function escapeHelp(text: string): string {
  return text.replaceAll('\\', '\\\\').replaceAll('\n', '\\n');
}

function escapeLabel(text: string): string {
  return escapeHelp(text).replaceAll('"', '\\"');
}
