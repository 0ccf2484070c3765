import { type PageId, pages } from '../view/pages.js';
import { hrefKeeping } from '../view/view-state.js';

/** The views: a column beside the page, or a bar under it on a phone, where the rarer ones are behind "More". */
export function Rail({ page, openPalette }: { page: PageId | null; openPalette: () => void }) {
  return (
    <nav className="rail" aria-label="Pages">
      {pages.map((entry) => (
        <a
          key={entry.page}
          className="rail-item"
          data-page={entry.page}
          data-phone={entry.phone}
          href={hrefKeeping(entry.href, location.search)}
          title={entry.about}
          aria-current={entry.page === page ? 'page' : undefined}
        >
          <RailIcon path={entry.icon} />
          <span>{entry.label}</span>
        </a>
      ))}
      <button type="button" className="rail-item rail-more" onClick={openPalette}>
        <RailIcon path="M4 10h.01M10 10h.01M16 10h.01" />
        <span>More</span>
      </button>
    </nav>
  );
}

function RailIcon({ path }: { path: string }) {
  return (
    <svg className="rail-icon" viewBox="0 0 20 20" aria-hidden="true">
      <path d={path} />
    </svg>
  );
}
