import { pngBars } from './png-bars.js';

/** How one objective did within a period. */
export type ReviewedSlo = {
  title: string;
  scope: string;
  objective: number;
  good: number;
  total: number;
  /** Of the objective's own period, at the end of the reviewed one. */
  remainingRatio: number | null;
  pages: number;
  tickets: number;
  /** Good and all events by day. */
  days: readonly { good: number; total: number }[];
};

export type Review = {
  fromMs: number;
  untilMs: number;
  slos: readonly ReviewedSlo[];
  viewUrl: string | null;
};

/** More objectives than these are counted and not listed: the worst come first. */
const mostListed = 30;

type Words = { title: string; text: string; html: string };

/** The review of a period, as text and as a page. */
export function writeReview({ fromMs, untilMs, slos, viewUrl }: Review): Words {
  const when = `${dayText(fromMs)} to ${dayText(untilMs - 1)}`;
  const title = `Objectives from ${when}`;
  const ordered = [...slos].sort(
    (one, other) => marginOf(one) - marginOf(other) || (one.title < other.title ? -1 : 1),
  );
  const measured = ordered.filter(({ total }) => total > 0);
  const missed = measured.filter((slo) => marginOf(slo) < 0);
  const pages = slos.reduce((sum, one) => sum + one.pages, 0);
  const tickets = slos.reduce((sum, one) => sum + one.tickets, 0);
  const summary =
    measured.length === 0
      ? 'No objective had any events.'
      : `${measured.length - missed.length} of ${measured.length} objectives were met. ${pages} pages, ${tickets} tickets.`;
  const listed = ordered.slice(0, mostListed);
  const left = ordered.length - listed.length;
  const more = left === 0 ? '' : `and ${left} more`;
  const lines = listed.map(
    (slo) =>
      `${nameOf(slo)}: ${attainedText(slo)} of ${percent(slo.objective)}, ${leftText(slo)}, ${told(slo)}`,
  );
  return {
    title,
    text: [summary, '', ...lines, ...(more === '' ? [] : [more])].join('\n'),
    html: page(title, summary, listed, more, viewUrl),
  };
}

/** By how much an objective was met; nothing to tell comes last. */
function marginOf({ good, total, objective }: ReviewedSlo): number {
  return total === 0 ? 2 : good / total - objective;
}

function nameOf({ title, scope }: ReviewedSlo): string {
  return scope === '' ? title : `${title} (${scope})`;
}

function attainedText({ good, total }: ReviewedSlo): string {
  return total === 0 ? 'no events' : percent(good / total);
}

function leftText({ remainingRatio }: ReviewedSlo): string {
  if (remainingRatio === null) return 'nothing to spend';
  return remainingRatio < 0
    ? `budget overspent by ${percent(-remainingRatio)}`
    : `${percent(remainingRatio)} of the budget left`;
}

function told({ pages, tickets }: ReviewedSlo): string {
  return pages + tickets === 0 ? 'no incidents' : `${pages} pages and ${tickets} tickets`;
}

/** Cut, not rounded, so that 99.8999 % is never shown as 99.9 %. */
function percent(ratio: number): string {
  return `${Math.floor(ratio * 100_000 + 1e-7) / 1000} %`;
}

function dayText(ms: number): string {
  return new Date(ms).toISOString().slice(0, 10);
}

// Mail programs know no style sheets to speak of, and a statement that stores this knows no long ones: single quotes.
function page(
  title: string,
  summary: string,
  listed: readonly ReviewedSlo[],
  more: string,
  viewUrl: string | null,
): string {
  const cell = 'padding:4px 12px 4px 0;text-align:left;vertical-align:middle';
  const head = ['Objective', 'Attained', 'Promised', 'Budget', 'Told', 'By day']
    .map((name) => `<th style='${cell};color:#5b6776;font-weight:normal'>${name}</th>`)
    .join('');
  const rows = listed.map((slo) => {
    const color = slo.total === 0 ? '#5b6776' : marginOf(slo) < 0 ? '#b3261e' : '#1e7d43';
    const cells = [
      escaped(nameOf(slo)),
      `<b style='color:${color}'>${attainedText(slo)}</b>`,
      percent(slo.objective),
      escaped(leftText(slo)),
      told(slo),
      picture(slo),
    ];
    return `<tr>${cells.map((text) => `<td style='${cell}'>${text}</td>`).join('')}</tr>`;
  });
  return [
    "<div style='font-family:system-ui,-apple-system,Segoe UI,sans-serif;max-width:900px;margin:0 auto;color:#1c2430'>",
    `<h1 style='font-size:20px'>${escaped(title)}</h1><p>${escaped(summary)}</p>`,
    `<table style='border-collapse:collapse;font-size:14px'><tr>${head}</tr>${rows.join('')}</table>`,
    more === '' ? '' : `<p>${more}</p>`,
    viewUrl === null ? '' : `<p><a href='${escaped(viewUrl)}'>Open in Coldburn</a></p>`,
    '</div>',
  ].join('');
}

/** Bars of the share of bad events by day, as high as twice what is allowed; red where more than allowed. */
function picture({ days, objective, title }: ReviewedSlo): string {
  const allowed = Math.max(1e-9, 1 - objective);
  const bars = days.map(({ good, total }) => {
    const bad = total === 0 ? null : (total - good) / total;
    const color = bad !== null && bad > allowed ? ([179, 38, 30] as const) : ([30, 125, 67] as const);
    return { height: bad === null ? null : Math.max(0.06, Math.min(1, bad / allowed / 2)), color };
  });
  const png = pngBars(bars, { height: 24, barWidth: 4, gap: 1 });
  return `<img alt='Bad events of ${escaped(title)} by day' height='24' src='data:image/png;base64,${png.toString('base64')}'>`;
}

function escaped(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;');
}
