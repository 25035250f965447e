import { expect, test } from 'vitest';
import { fromNames, toNames } from './parameter-text.ts';

test('braces come back from the names that stood for them', () => {
  expect(toNames('SELECT {{ a }} FROM {{t_1}}')).toBe(
    'SELECT boathouse_parameter_a_end FROM boathouse_parameter_t_1_end',
  );
  expect(fromNames(toNames('SELECT {{ a }} FROM {{t_1}}'))).toBe('SELECT {{a}} FROM {{t_1}}');
});
