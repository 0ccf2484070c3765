import type { ChartMark } from '../../view/chart/chart-data.js';
import { clockTime } from '../../view/clock-time.js';
import type { FixedWindow } from '../../view/debug/debug-state.js';

export type ChartMarksProps = { marks: readonly ChartMark[]; span: FixedWindow };

/** Flags under a chart for what happened, such as deployments. */
export function ChartMarks({ marks, span: { fromMs, toMs } }: ChartMarksProps) {
  const lengthMs = toMs - fromMs;
  const inside = marks.filter(({ atMs }) => atMs >= fromMs && atMs < toMs);
  if (inside.length === 0) return null;
  return (
    <ul className="chart-marks" aria-label="What happened">
      {inside.map(({ atMs, label, href }) => {
        const words = `${label}, ${clockTime(atMs, lengthMs)}`;
        const place = { left: `${((atMs - fromMs) / lengthMs) * 100}%` };
        return (
          <li key={`${atMs} ${label}`} style={place}>
            {href === null ? (
              <span className="chart-mark" title={words}>
                <span className="unseen">{words}</span>
              </span>
            ) : (
              <a className="chart-mark" href={href} title={words}>
                <span className="unseen">{words}</span>
              </a>
            )}
          </li>
        );
      })}
    </ul>
  );
}
