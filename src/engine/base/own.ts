/**
 * What a table has under a name that came from outside; undefined too for names that every object of JavaScript knows,
 * such as `constructor`.
 */
export function own<Value>(table: { readonly [name: string]: Value }, name: string): Value | undefined {
  return Object.hasOwn(table, name) ? table[name] : undefined;
}
