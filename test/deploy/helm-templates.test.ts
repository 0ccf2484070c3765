import assert from 'node:assert/strict';
import { test } from 'node:test';
import { renderTemplate } from '../support/helm/render-template.js';
import { parseTemplate } from '../support/helm/template-tree.js';

const data = { name: 'app', count: 2, none: '', list: ['a', 'b'], map: { key: 'value' }, empty: {} };

function render(template: string): string {
  const { body, defines } = parseTemplate(template);
  return renderTemplate(body, defines, data);
}

// What Go's text/template prints for the same text and data.
const cases = [
  {
    name: 'trim markers eat white space on their side only',
    template: 'a \n {{- .name }} b',
    expected: 'aapp b',
  },
  { name: 'a trailing marker eats the next line break', template: '{{ .name -}}\n  b', expected: 'appb' },
  { name: 'a comment leaves what it does not trim', template: 'a{{- /* b */}}\nc', expected: 'a\nc' },
  {
    name: 'else if is one chain with one end',
    template: '{{ if .none }}1{{ else if .name }}2{{ else }}3{{ end }}',
    expected: '2',
  },
  {
    name: 'with moves the dot and skips empty values',
    template: '{{ with .map }}{{ .key }}{{ end }}{{ with .empty }}x{{ end }}',
    expected: 'value',
  },
  {
    name: 'range binds a variable and $ stays the root',
    template: '{{ range $x := .list }}{{ $x }}{{ . }}{{ $.count }}{{ end }}',
    expected: 'aa2bb2',
  },
  { name: 'a pipe feeds the last argument', template: '{{ .none | default "x" | quote }}', expected: '"x"' },
  {
    name: 'parentheses nest',
    template: '{{ if and .name (not .none) (eq .count 2) }}yes{{ end }}',
    expected: 'yes',
  },
  {
    name: 'an assignment in a block reaches the outer variable',
    template: '{{ $a := "1" }}{{ if .name }}{{ $a = "2" }}{{ end }}{{ $a }}',
    expected: '2',
  },
  {
    name: 'a declaration in a block does not',
    template: '{{ $a := "1" }}{{ if .name }}{{ $a := "2" }}{{ end }}{{ $a }}',
    expected: '1',
  },
  {
    name: 'include renders a named template with its own root',
    template: '{{ define "t" }}{{ $.key }}{{ end }}{{ include "t" .map | nindent 2 }}',
    expected: '\n  value',
  },
  { name: 'toYaml has no final line break', template: '{{ toYaml .map }}|', expected: 'key: value|' },
];
for (const { name, template, expected } of cases) {
  test(`templates: ${name}`, () => assert.equal(render(template), expected));
}

const refused = [
  { name: 'a field nobody set', template: '{{ .nmae }}', message: /\.nmae does not exist/ },
  { name: 'a function the chart may not use', template: '{{ lookup "v1" }}', message: /no function lookup/ },
  { name: 'a block without an end', template: 'a\n{{ if .name }}b', message: /line 2: the block has no end/ },
  { name: 'an end too many', template: '{{ end }}', message: /"end" closes nothing/ },
  { name: 'an action left open', template: '{{ .name', message: /not closed/ },
  { name: 'a map printed as text', template: '{{ .map }}', message: /cannot print/ },
  { name: 'an undeclared variable', template: '{{ $x }}', message: /\$x is not declared/ },
];
for (const { name, template, message } of refused) {
  test(`templates: ${name} is an error`, () => assert.throws(() => render(template), message));
}
