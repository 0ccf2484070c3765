/** Hands a file to the reader; nothing leaves the browser. */
export function saveFile(name: string, content: Blob): void {
  const url = URL.createObjectURL(content);
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  // The click is handled by then; keeping the address would keep the file in memory.
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}
