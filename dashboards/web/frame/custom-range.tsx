import { useRef, useState } from 'preact/hooks';
import { useDismiss } from '../browser/use-dismiss.js';
import { TimeField } from '../panels/time-field.js';
import { localInputText, windowOfInputs } from '../view/custom-window.js';
import type { FixedWindow } from '../view/debug/debug-state.js';

export type CustomRangeProps = {
  fixed: FixedWindow | null;
  /** What the fields begin with while nothing is fixed. */
  lengthMs: number;
  choose: (window: FixedWindow) => void;
};

/** Any time from and to, by the reader's own clock. */
export function CustomRange({ fixed, lengthMs, choose }: CustomRangeProps) {
  const [isOpen, setOpen] = useState(false);
  const [from, setFrom] = useState('');
  const [to, setTo] = useState('');
  const root = useRef<HTMLDivElement | null>(null);
  const chosen = windowOfInputs(from, to);

  useDismiss(root, isOpen, () => setOpen(false));

  const open = () => {
    const toMs = fixed?.toMs ?? Date.now();
    setFrom(localInputText(fixed?.fromMs ?? toMs - lengthMs));
    setTo(localInputText(toMs));
    setOpen(!isOpen);
  };
  return (
    <div ref={root} className="custom-range">
      <button
        type="button"
        className="icon-button"
        aria-label="Choose a time from and to"
        title="From and to"
        aria-expanded={isOpen}
        onClick={open}
      >
        <svg width="16" height="16" viewBox="0 0 16 16" aria-hidden="true">
          <path
            d="M2.5 4.5h11v9h-11zM2.5 7.5h11M5.5 2.5v3M10.5 2.5v3"
            fill="none"
            stroke="currentColor"
            stroke-width="1.3"
            stroke-linejoin="round"
            stroke-linecap="round"
          />
        </svg>
      </button>
      {isOpen && (
        <form
          className="custom-range-form"
          aria-label="Time from and to"
          onSubmit={(event) => {
            event.preventDefault();
            if (chosen === null) return;
            setOpen(false);
            choose(chosen);
          }}
        >
          <div className="custom-range-field">
            <span aria-hidden="true">From</span>
            <TimeField label="From" value={from} change={setFrom} />
          </div>
          <div className="custom-range-field">
            <span aria-hidden="true">To</span>
            <TimeField label="To" value={to} change={setTo} />
          </div>
          <button type="submit" className="button small primary" disabled={chosen === null}>
            Look at it
          </button>
        </form>
      )}
    </div>
  );
}
