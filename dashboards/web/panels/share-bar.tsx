import { badWidth } from '../view/share-bar.js';

const width = 100;

/** Good and failed as lengths. It repeats what stands beside it, so a screen reader skips it. */
export function ShareBar({ bad, total }: { bad: number; total: number }) {
  const failed = badWidth(bad, total, width, 3);
  return (
    <svg className="share-bar" viewBox={`0 0 ${width} 4`} preserveAspectRatio="none" aria-hidden="true">
      <rect className="share-good" x="0" y="0" width={width - failed} height="4" />
      {failed > 0 && <rect className="share-bad" x={width - failed} y="0" width={failed} height="4" />}
    </svg>
  );
}
