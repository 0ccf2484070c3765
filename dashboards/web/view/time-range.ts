export const timeRanges = [
  { id: '15m', label: '15 min', words: 'the last 15 minutes', lengthMs: 15 * 60_000 },
  { id: '1h', label: '1 h', words: 'the last hour', lengthMs: 3_600_000 },
  { id: '6h', label: '6 h', words: 'the last 6 hours', lengthMs: 6 * 3_600_000 },
  { id: '24h', label: '24 h', words: 'the last 24 hours', lengthMs: 24 * 3_600_000 },
  { id: '7d', label: '7 d', words: 'the last 7 days', lengthMs: 7 * 24 * 3_600_000 },
  { id: '30d', label: '30 d', words: 'the last 30 days', lengthMs: 30 * 24 * 3_600_000 },
] as const;

export type TimeRange = (typeof timeRanges)[number];
export type TimeRangeId = TimeRange['id'];
export const defaultRange: TimeRangeId = '1h';

export function timeRangeOf(id: TimeRangeId): TimeRange {
  return timeRanges.find((range) => range.id === id) ?? timeRanges[1];
}
