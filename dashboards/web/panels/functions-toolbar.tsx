import type { RefObject } from 'preact';
import type { ChangeUrl } from '../browser/use-url-state.js';
import { columns } from '../view/columns.js';
import { exactCount } from '../view/format-count.js';
import { firstDirection, sortKeys } from '../view/sort-functions.js';
import type { UrlState } from '../view/url-state.js';
import { Menu } from './menu.js';

export type FunctionsToolbarProps = {
  url: UrlState;
  changeUrl: ChangeUrl;
  shown: number;
  /** Cards have no column heads to sort by. */
  sortable: boolean;
  input: RefObject<HTMLInputElement | null>;
  intoList: () => void;
  openFirst: () => void;
  save: () => void;
};

/** Heading, filter and, on a phone, the order. */
export function FunctionsToolbar(props: FunctionsToolbarProps) {
  const { url, changeUrl, shown, sortable, input, intoList, openFirst, save } = props;
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'ArrowDown') {
      event.preventDefault();
      intoList();
    } else if (event.key === 'Enter') openFirst();
    else if (event.key === 'Escape') {
      if (url.filter === '') input.current?.blur();
      else changeUrl({ filter: '' }, 'replace');
    }
  };
  return (
    <div className="toolbar">
      <h1>
        Functions <span className="count">{exactCount(shown)}</span>
      </h1>
      {sortable && (
        <select
          className="facet sort-select"
          aria-label="Sort by"
          value={url.sort}
          onChange={({ currentTarget }) => {
            const sort = sortKeys.find((key) => key === currentTarget.value);
            if (sort !== undefined) changeUrl({ sort, direction: firstDirection(sort) });
          }}
        >
          {columns.map(({ key, label }) => (
            <option key={key} value={key}>
              {key === 'errors' ? 'Most failures' : label}
            </option>
          ))}
        </select>
      )}
      <div className="filter">
        <input
          ref={input}
          type="search"
          placeholder="Filter functions"
          aria-label="Filter functions"
          aria-keyshortcuts="/"
          autocomplete="off"
          spellcheck={false}
          maxLength={200}
          value={url.filter}
          onInput={({ currentTarget }) => changeUrl({ filter: currentTarget.value }, 'replace')}
          onKeyDown={onKeyDown}
        />
        <kbd>/</kbd>
      </div>
      <Menu label="More about the functions" items={[{ label: 'Save as CSV', act: save }]} />
    </div>
  );
}
