const most = 0xffff_ffff;

/** Null for what is no amount; the largest the column holds for anything beyond. */
export function asUInt32(value: number): number | null {
  return Number.isFinite(value) && value >= 0 ? Math.min(Math.round(value), most) : null;
}
