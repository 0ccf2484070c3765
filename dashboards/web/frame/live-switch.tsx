import type { LiveState } from '../browser/use-live.js';

const words: Record<LiveState, { label: string; title: string }> = {
  connecting: { label: 'Connecting', title: 'Opening the live stream' },
  live: { label: 'Live', title: 'New invocations appear by themselves. Click to pause' },
  polling: {
    label: 'Every 5 s',
    title: 'The live stream is down, so the page asks every 5 seconds. Click to pause',
  },
  paused: { label: 'Paused', title: 'Nothing changes until you go live again' },
};

/** Live or paused, and in which way. */
export function LiveSwitch({
  live,
  setFollowing,
}: {
  live: LiveState;
  setFollowing: (following: boolean) => void;
}) {
  const { label, title } = words[live];
  return (
    <button
      type="button"
      className="live"
      data-state={live}
      aria-pressed={live !== 'paused'}
      aria-label={`Live updates: ${label}`}
      title={title}
      onClick={() => setFollowing(live === 'paused')}
    >
      <span className="pulse" aria-hidden="true" />
      <span className="live-label">{label}</span>
    </button>
  );
}
