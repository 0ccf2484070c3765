import { useRef, useState } from 'preact/hooks';
import { useDismiss } from '../browser/use-dismiss.js';

export type MenuItem = { label: string; act: () => void };
export type MenuProps = { label: string; items: readonly MenuItem[] };

/** A few rarer deeds behind three dots. */
export function Menu({ label, items }: MenuProps) {
  const [isOpen, setOpen] = useState(false);
  const root = useRef<HTMLDivElement | null>(null);

  useDismiss(root, isOpen, () => setOpen(false));

  return (
    <div ref={root} className="menu">
      <button
        type="button"
        className="icon-button menu-button"
        aria-label={label}
        aria-expanded={isOpen}
        onClick={() => setOpen(!isOpen)}
      >
        <svg width="16" height="16" viewBox="0 0 16 16" aria-hidden="true">
          <path
            d="M3 8h.01M8 8h.01M13 8h.01"
            stroke="currentColor"
            stroke-width="2.2"
            stroke-linecap="round"
          />
        </svg>
      </button>
      {isOpen && (
        <ul className="menu-items">
          {items.map(({ label: words, act }) => (
            <li key={words}>
              <button
                type="button"
                onClick={() => {
                  setOpen(false);
                  act();
                }}
              >
                {words}
              </button>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
