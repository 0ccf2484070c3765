import type { YAMLError } from 'yaml';

/**
 * One sentence for each way a file can fail to be YAML. The parser's own messages quote the text they stumble over,
 * which may be a password; these do not.
 */
const sentences: Partial<Record<YAMLError['code'], string>> = {
  ALIAS_PROPS: 'an alias (*name) cannot have an anchor or a tag',
  BAD_ALIAS:
    'a value that starts with * is an alias, and this one is not defined above; put it in quotes to mean text',
  BAD_DIRECTIVE: 'a line that starts with % is a YAML directive, and this one is not known',
  BAD_DQ_ESCAPE:
    'a backslash sequence in "double quotes" is not valid; use single quotes or double the backslash',
  BAD_INDENT: 'the indentation does not fit the lines above, or a bracket above is not closed',
  BAD_SCALAR_START: 'a value starts with a character YAML reserves; put the value in quotes',
  BLOCK_AS_IMPLICIT_KEY:
    'two "key: value" pairs stand on one line; start a new line or put the value in quotes',
  BLOCK_IN_FLOW: 'an indented block cannot stand inside [ ] or { }',
  MISSING_CHAR: 'a closing quote, a bracket, or a ":" after a key is missing',
  MULTILINE_IMPLICIT_KEY: 'a key runs over several lines; a ":" may be missing on this one',
  MULTIPLE_ANCHORS: 'a value can have only one anchor (&name)',
  MULTIPLE_DOCS: 'a second YAML document starts here (---); keep everything in one',
  NON_STRING_KEY: 'a key must be text',
  RESOURCE_EXHAUSTION: 'it is nested too deep',
  TAB_AS_INDENT: 'a tab is used for indentation; use spaces',
  TAG_RESOLVE_FAILED:
    'a value that starts with ! is a YAML tag, and this one is not known; put it in quotes to mean text',
  UNEXPECTED_TOKEN: 'there is text where none can be; a quote, a comma or a ":" may be missing',
};

export function yamlSentence(code: YAMLError['code']): string {
  return sentences[code] ?? 'this is not valid YAML';
}
