import { useMemo, useState } from 'preact/hooks';
import { FunctionList } from '../../../../schemas/functions.js';
import { SloList } from '../../../../schemas/slo/slo-answer.js';
import { useAnswer } from '../../browser/use-answer.js';
import { useTheme } from '../../browser/use-theme.js';
import { pages } from '../../view/pages.js';
import {
  findItems,
  functionItems,
  type PaletteItem,
  sloItems,
  traceItem,
} from '../../view/palette/palette-items.js';
import { hrefKeeping } from '../../view/view-state.js';
import type { OverlayProps } from '../overlays.js';
import { Modal } from './modal.js';

const mostShown = 12;

const kindWords: Readonly<Record<PaletteItem['kind'], string>> = {
  page: 'Page',
  function: 'Function',
  slo: 'SLO',
  trace: 'Trace',
  act: 'Do',
};

/** Anywhere in a few keys: pages, functions, SLOs, a trace by its id. */
export function CommandPalette({ open, close }: OverlayProps) {
  const [text, setText] = useState('');
  const [chosen, setChosen] = useState(0);
  const [theme, toggleTheme] = useTheme();
  const functions = useAnswer('/api/v1/functions?windowMs=86400000&costs=false', FunctionList);
  const slos = useAnswer('/api/v1/slos', SloList);
  const all = useMemo(
    (): PaletteItem[] => [
      ...pages.map(({ page, label, about, href }) => {
        const id = `page ${page}`;
        return { kind: 'page' as const, id, label, more: about, href: hrefKeeping(href, location.search) };
      }),
      ...(slos.held.kind === 'held' ? sloItems(slos.held.data.slos) : []),
      ...(functions.held.kind === 'held' ? functionItems(functions.held.data.functions) : []),
      {
        kind: 'act',
        id: 'theme',
        label: theme === 'dark' ? 'Switch to the light theme' : 'Switch to the dark theme',
        more: '',
        href: null,
      },
      { kind: 'act', id: 'keys', label: 'Show the keyboard shortcuts', more: '?', href: null },
    ],
    [functions.held, slos.held, theme],
  );
  const shown = useMemo(() => [...traceItem(text), ...findItems(all, text, mostShown)], [all, text]);
  const current = Math.min(chosen, shown.length - 1);
  const go = (item: PaletteItem | undefined) => {
    if (item === undefined) return;
    if (item.href !== null) location.assign(item.href);
    else if (item.id === 'keys') open('keys');
    else {
      toggleTheme();
      close();
    }
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Enter') go(shown[current]);
    else if (event.key === 'ArrowDown') setChosen(Math.min(shown.length - 1, current + 1));
    else if (event.key === 'ArrowUp') setChosen(Math.max(0, current - 1));
    else return;
    event.preventDefault();
  };
  const isWaiting = functions.held.kind === 'loading' || slos.held.kind === 'loading';
  return (
    <Modal label="Go to" className="palette" close={close}>
      <input
        className="palette-input"
        type="text"
        role="combobox"
        aria-label="Go to a page, a function or an SLO"
        aria-expanded="true"
        aria-controls="palette-list"
        aria-autocomplete="list"
        aria-activedescendant={shown.length === 0 ? undefined : `palette-${current}`}
        placeholder="Go to a page, a function, an SLO or a trace id"
        autocomplete="off"
        spellcheck={false}
        maxLength={200}
        value={text}
        onInput={({ currentTarget }) => {
          setText(currentTarget.value);
          setChosen(0);
        }}
        onKeyDown={onKeyDown}
      />
      <div className="palette-list" id="palette-list" role="listbox" aria-label="Places">
        {shown.map((item, index) => (
          // Options are walked with the arrow keys of the field above; the pointer is another way to choose one.
          <div
            key={item.id}
            id={`palette-${index}`}
            className="palette-item"
            role="option"
            tabIndex={-1}
            aria-selected={index === current}
            onPointerMove={() => setChosen(index)}
            onClick={() => go(item)}
            onKeyDown={onKeyDown}
          >
            <span className="palette-kind">{kindWords[item.kind]}</span>
            <bdi className="palette-label">{item.label}</bdi>
            <bdi className="palette-more">{item.more}</bdi>
          </div>
        ))}
      </div>
      {(shown.length === 0 || isWaiting) && (
        <p className="palette-none">{isWaiting ? 'Asking for the names…' : 'Nothing is called so.'}</p>
      )}
    </Modal>
  );
}
