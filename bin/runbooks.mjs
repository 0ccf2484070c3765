// Makes the pages the app shows at /runbooks/NAME of docs/runbooks/*.md: dist/docs/runbooks/*.html and their style.
import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { marked } from 'marked';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const from = join(root, 'docs/runbooks');
const to = join(root, 'dist/docs/runbooks');

rmSync(to, { recursive: true, force: true });
mkdirSync(to, { recursive: true });
for (const file of readdirSync(from).filter((name) => name.endsWith('.md'))) {
  const text = readFileSync(join(from, file), 'utf8');
  const name = file === 'README.md' ? 'index' : file.slice(0, -'.md'.length);
  const title = /^# (.+)$/m.exec(text)?.[1] ?? name;
  writeFileSync(join(to, `${name}.html`), page(title, body(text), name));
}
cpSync(join(root, 'alerting/runbooks/runbook.css'), join(to, 'style.css'));

/** Links between runbooks lead to their pages; those to other documents have no page here and become text. */
function body(text) {
  const linked = text
    .replaceAll(/\]\(([a-z-]+)\.md\)/g, '](/runbooks/$1)')
    .replaceAll(/\[([^\]]+)\]\(\.\.\/[^)]*\)/g, '$1');
  return marked.parse(linked);
}

function page(title, html, name) {
  const back = name === 'index' ? '' : ' · <a href="/runbooks">All runbooks</a>';
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title.replaceAll('&', '&amp;').replaceAll('<', '&lt;')} · Coldburn</title>
<link rel="stylesheet" href="/runbooks/style.css">
<link rel="icon" href="data:,">
</head>
<body>
<nav><a href="/">Coldburn</a>${back}</nav>
<main>
${html}</main>
</body>
</html>
`;
}
