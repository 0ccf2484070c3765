// Runs before first paint, so that a remembered theme never flashes the other one.
try {
  const theme = localStorage.getItem('coldburn-theme');
  if (theme === 'dark' || theme === 'light') document.documentElement.dataset.theme = theme;
} catch {
  // Storage may be forbidden; the system's theme is used then.
}
