import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  apiUrl,
  hrefKeeping,
  placeParamsOf,
  searchAfter,
  viewStateFrom,
  windowParamsOf,
} from '../../../../dashboards/web/view/view-state.js';

test('a link says when, where and whose; nonsense falls back to the default', () => {
  assert.deepEqual(viewStateFrom('?range=7d&environment=prod&team=&from=5&to=9', '1h'), {
    range: '7d',
    fixed: { fromMs: 5, toMs: 9 },
    environment: 'prod',
    team: '',
  });
  assert.deepEqual(viewStateFrom('?range=never&from=9&to=5', '24h'), {
    range: '24h',
    fixed: null,
    environment: null,
    team: null,
  });
});

test('a change of the view leaves the parameters of the page alone', () => {
  assert.equal(searchAfter('?x=1&range=7d', { range: null, team: 'a b' }), '?x=1&team=a+b');
  assert.equal(searchAfter('?range=7d', { range: null }), '');
});

test('a link to another view keeps range, environment and team, and nothing else', () => {
  assert.equal(hrefKeeping('/slos', '?range=7d&team=a&filter=x&from=1&to=2'), '/slos?range=7d&team=a');
  assert.equal(hrefKeeping('/slos', ''), '/slos');
});

test('what the API is asked', () => {
  assert.deepEqual(windowParamsOf({ range: '1h', fixed: null }), { windowMs: '3600000' });
  assert.deepEqual(windowParamsOf({ range: '1h', fixed: { fromMs: 1, toMs: 2 } }), { from: '1', to: '2' });
  assert.deepEqual(placeParamsOf({ environment: '', team: null }), { environment: '' });
  assert.equal(apiUrl('slos'), '/api/v1/slos');
  assert.equal(apiUrl('sli', { sli: 'success' }), '/api/v1/sli?sli=success');
});
