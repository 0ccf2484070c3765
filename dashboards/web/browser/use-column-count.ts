import { useMedia } from './use-media.js';

/** Columns a row may span: a phone leaves some out, and spanning those too would narrow the others. */
export function useColumnCount(all: number, leftOutOnPhone: number): number {
  return useMedia('(max-width: 47.99rem)') ? all - leftOutOnPhone : all;
}
