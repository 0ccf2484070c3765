import { useCopy } from '../../browser/use-copy.js';

const words = { idle: 'Copy', copied: 'Copied', refused: 'Not allowed' };

/** Puts an id on the clipboard. */
export function CopyButton({ what, text }: { what: string; text: string }) {
  const [state, copy] = useCopy();
  return (
    <button type="button" className="button small" aria-label={`Copy ${what}`} onClick={() => copy(text)}>
      <span aria-live="polite">{words[state]}</span>
    </button>
  );
}
