import { cut, type Draft, type Imported, idOf, type Source } from './draft.js';
import { at, labelsAt, listAt, textAt } from './fields.js';
import { sliOfRatio } from './sli-of-queries.js';
import type { YamlObject } from './yaml-objects.js';

/** Sloth's own tiers for 30 days; its windows and shares are fixed. */
const pages = [
  { budget: '2%', long: '1h', short: '5m', severity: 'page' },
  { budget: '5%', long: '6h', short: '30m', severity: 'page' },
];
const tickets = [
  { budget: '10%', long: '1d', short: '2h', severity: 'ticket' },
  { budget: '10%', long: '3d', short: '6h', severity: 'ticket' },
];

/** A specification of Sloth, as a file of its own (`prometheus/v1`) or as PrometheusServiceLevel of Kubernetes. */
export function importSloth({ file, line, value }: YamlObject): Imported {
  const isResource = at(value, 'kind') === 'PrometheusServiceLevel';
  const spec = isResource ? at(value, 'spec') : value;
  const service = textAt(spec, 'service');
  const format = isResource ? 'Sloth sloth.slok.dev/v1' : 'Sloth prometheus/v1';
  const name = textAt(value, 'metadata', 'name') ?? service ?? '';
  const source: Source = {
    file,
    line,
    format,
    kind: isResource ? 'PrometheusServiceLevel' : 'service',
    name,
  };
  const lost =
    listAt(spec, 'slo_plugins', 'chain').length > 0 || at(spec, 'sloPlugins') !== undefined
      ? ['SLO plugins are not run']
      : [];
  const owner = labelsAt(spec, 'labels').get('owner') ?? labelsAt(spec, 'labels').get('team');
  const drafts = listAt(spec, 'slos').map((one) => draftOf(one, service, owner));
  if (drafts.length === 0) lost.push('there is no SLO in it');
  return { source, drafts, lost };
}

function draftOf(one: unknown, service: string | undefined, owner: string | undefined): Draft {
  const name = textAt(one, 'name');
  const objective = textAt(one, 'objective');
  const lost: string[] = [];
  const counted = countedOf(one);
  if ('why' in counted) return { slo: null, lost: [counted.why] };
  if (name === undefined || objective === undefined)
    return { slo: null, lost: ['it has no name or no objective'] };
  const { alerting, runbook } = alertingOf(one, lost);
  const extra = [...labelsAt(one, 'labels').keys()];
  if (extra.length > 0) lost.push(`labels are not kept: ${extra.join(', ')}`);
  const description = textAt(one, 'description');
  const title = service === undefined ? name : `${service}: ${name}`;
  return {
    slo: {
      id: idOf(service, name),
      title: cut(title, 200),
      ...(description === undefined ? {} : { description: cut(description, 4000) }),
      ...(owner === undefined ? {} : { owner }),
      ...(runbook === undefined ? {} : { runbook }),
      ...counted.keys,
      objective: `${objective}%`,
      period: '30d',
      ...(alerting === null ? {} : { alerting }),
    },
    lost: [...counted.lost, ...lost],
  };
}

function countedOf(one: unknown) {
  const bad = textAt(one, 'sli', 'events', 'error_query') ?? textAt(one, 'sli', 'events', 'errorQuery');
  const total = textAt(one, 'sli', 'events', 'total_query') ?? textAt(one, 'sli', 'events', 'totalQuery');
  if (bad !== undefined && total !== undefined) return sliOfRatio({ bad, total });
  const raw = textAt(one, 'sli', 'raw', 'error_ratio_query') ?? textAt(one, 'sli', 'raw', 'errorRatioQuery');
  if (raw !== undefined) return { why: `a ratio that is worked out by the query holds no counts: ${raw}` };
  const plugin = textAt(one, 'sli', 'plugin', 'id');
  if (plugin !== undefined) return { why: `the query is made by the plugin "${plugin}", which is not run` };
  return { why: 'it has no sli' };
}

/** Alerts stay on unless their author switched them off, and that is told. */
function alertingOf(one: unknown, lost: string[]) {
  const of = (snake: string, camel: string) => at(one, 'alerting', snake) ?? at(one, 'alerting', camel);
  const [page, ticket] = [of('page_alert', 'pageAlert'), of('ticket_alert', 'ticketAlert')];
  const [noPages, noTickets] = [page, ticket].map((alert) => at(alert, 'disable') === true);
  const runbook =
    labelsAt(one, 'alerting', 'annotations').get('runbook') ??
    labelsAt(one, 'alerting', 'annotations').get('runbook_url');
  const isLink = runbook !== undefined && URL.canParse(runbook);
  if (runbook !== undefined && !isLink) lost.push(`the runbook "${runbook}" is no address`);
  const routed = [page, ticket].flatMap((alert) => [...labelsAt(alert, 'labels')]);
  if (routed.length > 0)
    lost.push(
      `labels that route alerts are not kept: ${routed.map(([key, label]) => `${key}=${label}`).join(', ')}`,
    );
  if (textAt(page, 'for') !== undefined || textAt(ticket, 'for') !== undefined)
    lost.push('"for" is not kept: both windows of a tier must burn instead');
  if (noPages && noTickets) {
    lost.push('all alerts are switched off in the file; here the preset sre-workbook is in force');
    return { alerting: null, runbook: isLink ? runbook : undefined };
  }
  if (noPages) lost.push('page alerts are switched off in the file, and here');
  if (noTickets) lost.push('ticket alerts are switched off in the file, and here');
  const tiers = [...(noPages ? [] : pages), ...(noTickets ? [] : tickets)];
  return { alerting: { tiers }, runbook: isLink ? runbook : undefined };
}
