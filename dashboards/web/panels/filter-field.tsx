import { useEffect, useRef } from 'preact/hooks';

export type FilterFieldProps = { label: string; value: string; change: (text: string) => void };

/** Keeps a list to what is typed; "/" leads here from anywhere on the page. */
export function FilterField({ label, value, change }: FilterFieldProps) {
  const input = useRef<HTMLInputElement | null>(null);
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent): void => {
      const at = event.target instanceof HTMLElement ? event.target.tagName : '';
      if (event.key !== '/' || event.ctrlKey || event.metaKey || event.altKey) return;
      if (['INPUT', 'SELECT', 'TEXTAREA'].includes(at)) return;
      event.preventDefault();
      input.current?.focus();
    };
    addEventListener('keydown', onKeyDown);
    return () => removeEventListener('keydown', onKeyDown);
  }, []);
  return (
    <div className="filter">
      <input
        ref={input}
        type="search"
        placeholder={label}
        aria-label={label}
        aria-keyshortcuts="/"
        autocomplete="off"
        spellcheck={false}
        maxLength={200}
        value={value}
        onInput={({ currentTarget }) => change(currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key !== 'Escape') return;
          if (value === '') input.current?.blur();
          else change('');
        }}
      />
      <kbd>/</kbd>
    </div>
  );
}
