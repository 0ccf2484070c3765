export type PageId =
  | 'oncall'
  | 'functions'
  | 'slos'
  | 'incidents'
  | 'executive'
  | 'cost'
  | 'map'
  | 'ingest'
  | 'settings';

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
    page: 'oncall',
    href: '/oncall',
    label: 'On call',
    about: 'What burns now, and what changed',
    key: 'o',
    phone: true,
    icon: 'M10 2.5a5 5 0 0 0-5 5c0 5-2 6-2 6h14s-2-1-2-6a5 5 0 0 0-5-5zM8.3 16.5a2 2 0 0 0 3.4 0',
  },
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
    page: 'incidents',
    href: '/incidents',
    label: 'Incidents',
    about: 'What went wrong, since when, and who is on it',
    key: 'n',
    phone: true,
    icon: 'M10 3l7.5 13.5h-15zM10 8v4M10 14.4h.01',
  },
  {
    page: 'executive',
    href: '/executive',
    label: 'Executive',
    about: 'Reliability on one page, to print',
    key: 'e',
    phone: false,
    icon: 'M3 17h14M5 14V9M10 14V3.5M15 14V6.5',
  },
  {
    page: 'cost',
    href: '/cost',
    label: 'Cost',
    about: 'What functions cost, why it changed, and what is wasted',
    key: 'c',
    phone: false,
    icon: 'M10 17.5a7.5 7.5 0 1 0 0-15 7.5 7.5 0 0 0 0 15zM12.4 7.6C12 6.7 11.1 6.3 10 6.3c-1.4 0-2.5.7-2.5 1.8 0 2.6 5.1 1.2 5.1 3.9 0 1.1-1.2 1.8-2.6 1.8-1.2 0-2.2-.5-2.7-1.4M10 4.9v10.2',
  },
  {
    page: 'map',
    href: '/map',
    label: 'Map',
    about: 'Who calls whom',
    key: 'm',
    phone: false,
    icon: 'M5 7.2a2.2 2.2 0 1 0 0-4.4 2.2 2.2 0 0 0 0 4.4zM15 12.2a2.2 2.2 0 1 0 0-4.4 2.2 2.2 0 0 0 0 4.4zM6 17.2a2.2 2.2 0 1 0 0-4.4 2.2 2.2 0 0 0 0 4.4zM7 6l6 3M8 14l5-3',
  },
  {
    page: 'ingest',
    href: '/ingest',
    label: 'Ingest',
    about: 'What came in, and what did not',
    key: 'i',
    phone: false,
    icon: 'M10 2.5v9M6.5 8l3.5 3.5L13.5 8M3 13v4h14v-4',
  },
  {
    page: 'settings',
    href: '/settings',
    label: 'Settings',
    about: 'Keys, receivers, silences and SLO files',
    key: ',',
    phone: false,
    icon: 'M4 5.5h7M15 5.5h1M4 14.5h1M9 14.5h7M13 3.5v4M7 12.5v4',
  },
];
