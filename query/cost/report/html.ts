import type { CostAnswer } from '../../../schemas/cost/attribution.js';

const style =
  'body{font:15px/1.5 system-ui,sans-serif;margin:2rem auto;max-width:60rem;padding:0 1rem;color:#1a1d21;background:#fff}' +
  'table{border-collapse:collapse;width:100%}th,td{text-align:left;padding:.35rem .6rem;border-bottom:1px solid #d8dde3}' +
  'td.n,th.n{text-align:right;font-variant-numeric:tabular-nums}tfoot td{font-weight:600}p{color:#4a525b}' +
  '@media(prefers-color-scheme:dark){body{color:#e6e9ec;background:#14171a}th,td{border-color:#343a41}p{color:#a6aeb7}}';

/** A page that stands alone, to be sent or printed. Every text is escaped; it has no script. */
export function costHtml(answer: CostAnswer): string[] {
  const { groupBy, rows, from, to, totalUsd, basis, priceBook, notes } = answer;
  const head = [
    ...groupBy.map((name) => `<th>${escaped(name)}</th>`),
    ...['invocations', 'cost USD', 'per million USD'].map((name) => `<th class="n">${name}</th>`),
  ];
  const body = rows.map(({ labels, invocations, costUsd, costPerMillionUsd }) => {
    const cells = groupBy.map((name) => `<td>${escaped(labels[name] || '(none)')}</td>`);
    const figures = [String(invocations), costUsd, costPerMillionUsd ?? ''].map(
      (text) => `<td class="n">${escaped(text)}</td>`,
    );
    return `<tr>${[...cells, ...figures].join('')}</tr>`;
  });
  return [
    '<!doctype html>',
    `<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Cost of functions</title><style>${style}</style></head><body>`,
    '<h1>Cost of functions</h1>',
    `<p>${escaped(from)} to ${escaped(to)}, basis ${basis}, price book ${escaped(priceBook)}</p>`,
    `<table><thead><tr>${head.join('')}</tr></thead><tbody>`,
    ...body,
    `</tbody><tfoot><tr><td colspan="${Math.max(1, groupBy.length)}">Total</td><td class="n">${answer.invocations}</td><td class="n">${escaped(totalUsd)}</td><td></td></tr></tfoot></table>`,
    ...notes.map(({ message }) => `<p>${escaped(message)}</p>`),
    '</body></html>',
  ];
}

function escaped(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}
