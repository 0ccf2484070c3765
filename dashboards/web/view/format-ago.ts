/** How long ago something was, in one unit: "now" within two seconds, and for clocks that run ahead. */
export function formatAgo(agoMs: number): string {
  const seconds = Math.floor(agoMs / 1000);
  if (seconds < 2) return 'now';
  if (seconds < 60) return `${seconds} s ago`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return `${minutes} min ago`;
  const hours = Math.floor(minutes / 60);
  return hours < 48 ? `${hours} h ago` : `${Math.floor(hours / 24)} d ago`;
}
