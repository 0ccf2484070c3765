const names: Readonly<Record<string, string>> = {
  amd64: 'x86_64',
  x64: 'x86_64',
  'x86-64': 'x86_64',
  aarch64: 'arm64',
  arm64e: 'arm64',
};

/** `host.arch` of the convention (amd64) and the names that Node, Lambda and kernels have, as two: x86_64 and arm64. */
export function archName(text: string): string {
  const name = text.toLowerCase();
  return names[name] ?? name;
}
