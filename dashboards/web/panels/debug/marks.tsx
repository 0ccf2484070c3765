import type { Mark } from '../../view/debug/invocation-words.js';

/** Cold start, retry, duplicate. */
export function Marks({ marks }: { marks: readonly Mark[] }) {
  if (marks.length === 0) return null;
  return (
    <span className="marks">
      {marks.map(({ label, title, kind }) => (
        <span key={label} className="mark-chip" data-kind={kind} title={title}>
          {label}
        </span>
      ))}
    </span>
  );
}
