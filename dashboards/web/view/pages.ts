export type PageId = 'functions' | 'slos' | 'ingest';

export type PageEntry = {
  page: PageId;
  href: string;
  label: string;
  /** Said in the palette and the keyboard help. */
  about: string;
  /** Pressed after "g". */
  key: string;
  /** Stands in the bar of a phone; the others are behind "More". */
  phone: boolean;
  /** Strokes in a box of 20 by 20. */
  icon: string;
};

/** Every view, in the order of the rail. A new page is one more row here and one in `app.tsx`. */
export const pages: readonly PageEntry[] = [
  {
    page: 'functions',
    href: '/',
    label: 'Functions',
    about: 'Every function, failing ones first',
    key: 'f',
    phone: true,
    icon: 'M3 5h14M3 10h14M3 15h9',
  },
  {
    page: 'slos',
    href: '/slos',
    label: 'SLOs',
    about: 'Objectives and what is left of their budgets',
    key: 's',
    phone: true,
    icon: 'M10 17.5a7.5 7.5 0 1 1 7.5-7.5M10 13.2a3.2 3.2 0 1 1 3.2-3.2M10 10l6.5-6.5',
  },
  {
    page: 'ingest',
    href: '/ingest',
    label: 'Ingest',
    about: 'What came in, and what did not',
    key: 'i',
    phone: true,
    icon: 'M10 2.5v9M6.5 8l3.5 3.5L13.5 8M3 13v4h14v-4',
  },
];
