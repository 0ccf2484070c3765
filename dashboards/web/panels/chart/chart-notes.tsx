import type { ChartNote } from '../../view/chart/chart-data.js';

/** What is to be known about figures that are there. */
export function ChartNotes({ notes }: { notes: readonly ChartNote[] }) {
  if (notes.length === 0) return null;
  return (
    <ul className="chart-notes">
      {notes.map(({ kind, text }) => (
        <li key={kind} className="chart-note" data-kind={kind}>
          {text}
        </li>
      ))}
    </ul>
  );
}
