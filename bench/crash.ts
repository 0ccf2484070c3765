import { crashCampaign } from '../test/ingest/support/crash/crash-campaign.js';

type Row = { measure: string; value: number; unit: string };

const kills = 100;
const seed = 4;

/** The whole program killed at random moments under load, in both modes; what was acknowledged against what is stored. */
export async function bench(): Promise<{ rows: Row[] }> {
  const rows: Row[] = [];
  for (const mode of ['embedded', 'server'] as const) {
    const { book, differences, rollups, elapsedMs } = await crashCampaign({ mode, kills, seed });
    rows.push(
      { measure: `${mode}: kill -9`, value: kills, unit: 'times' },
      { measure: `${mode}: a kill and a start`, value: elapsedMs / kills, unit: 'ms' },
      { measure: `${mode}: acknowledged`, value: book.requests, unit: 'requests' },
      { measure: `${mode}: sent again`, value: book.retries, unit: 'times' },
    );
    for (const { table, expected, lost, doubled, unknown } of differences) {
      rows.push(
        { measure: `${mode}: acknowledged for ${table}`, value: expected, unit: 'rows' },
        { measure: `${mode}: lost from ${table}`, value: lost.length, unit: 'rows' },
        { measure: `${mode}: twice in ${table}`, value: doubled.length, unit: 'rows' },
        { measure: `${mode}: never acknowledged in ${table}`, value: unknown.length, unit: 'rows' },
      );
    }
    for (const [table, counted] of Object.entries(rollups)) {
      const unit = 'invocations too many';
      rows.push({ measure: `${mode}: counted in ${table}`, value: counted - book.runs.size, unit });
    }
  }
  return { rows };
}
