import { useRef, useState } from 'preact/hooks';

/** Text to take elsewhere. Where the clipboard is closed to the page, the text is selected instead. */
export function CodeBlock({ label, code }: { label: string; code: string }) {
  const pre = useRef<HTMLPreElement | null>(null);
  const [copied, setCopied] = useState<'no' | 'yes' | 'selected'>('no');
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(code);
      setCopied('yes');
    } catch {
      if (pre.current !== null) getSelection()?.selectAllChildren(pre.current);
      setCopied('selected');
    }
    window.setTimeout(() => setCopied('no'), 2500);
  };
  return (
    <figure className="code">
      <figcaption>{label}</figcaption>
      <button type="button" className="button small" onClick={copy} aria-label={`Copy: ${label}`}>
        <span aria-live="polite">{copyWords[copied]}</span>
      </button>
      <pre ref={pre}>{code}</pre>
    </figure>
  );
}

const copyWords = { no: 'Copy', yes: 'Copied', selected: 'Selected' };
