/**
 * Settings of a table whose parts stay as they are, also after a restart: no two are small enough to be merged. As parts
 * are not merged there may be any number of them.
 */
export const neverMerges = [
  'max_bytes_to_merge_at_max_space_in_pool = 1',
  'max_bytes_to_merge_at_min_space_in_pool = 1',
  'parts_to_delay_insert = 1000000',
  'parts_to_throw_insert = 1000000',
  'max_parts_in_total = 1000000',
].join(', ');
