/** What a report says: as text, and as a page for mail. */
export type Words = { title: string; text: string; html: string };

export function dayText(ms: number): string {
  return new Date(ms).toISOString().slice(0, 10);
}

export function escaped(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;');
}

/** Mail programs know no style sheets to speak of, and a statement that stores this knows no long ones: single quotes. */
export const cell = 'padding:4px 12px 4px 0;text-align:left;vertical-align:middle';

/** Cells are markup already. */
export function tableHtml(names: readonly string[], rows: readonly (readonly string[])[]): string {
  const head = names
    .map((name) => `<th style='${cell};color:#5b6776;font-weight:normal'>${name}</th>`)
    .join('');
  const body = rows.map(
    (cells) => `<tr>${cells.map((text) => `<td style='${cell}'>${text}</td>`).join('')}</tr>`,
  );
  return `<table style='border-collapse:collapse;font-size:14px'><tr>${head}</tr>${body.join('')}</table>`;
}

export function pageHtml(title: string, parts: readonly string[], viewUrl: string | null): string {
  return [
    "<div style='font-family:system-ui,-apple-system,Segoe UI,sans-serif;max-width:900px;margin:0 auto;color:#1c2430'>",
    `<h1 style='font-size:20px'>${escaped(title)}</h1>`,
    ...parts,
    viewUrl === null ? '' : `<p><a href='${escaped(viewUrl)}'>Open in Coldburn</a></p>`,
    '</div>',
  ].join('');
}
