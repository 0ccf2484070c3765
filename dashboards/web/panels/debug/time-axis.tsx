import { useMedia } from '../../browser/use-media.js';
import type { FixedWindow } from '../../view/debug/debug-state.js';
import { timeTicks } from '../../view/debug/time-ticks.js';

/** Round times under a chart. */
export function TimeAxis({ span: { fromMs, toMs }, most = 10 }: { span: FixedWindow; most?: number }) {
  const narrow = useMedia('(max-width: 47.99rem)');
  return (
    <div className="time-axis" aria-hidden="true">
      {timeTicks(fromMs, toMs, narrow ? 4 : most).map(({ label, ratio }) => (
        <span key={label} style={{ left: `${ratio * 100}%` }}>
          {label}
        </span>
      ))}
    </div>
  );
}
