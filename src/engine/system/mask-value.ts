/** How Databend shows a value of a connection: two letters at each end, or none of a short one. */
export function maskValue(value: string): string {
  return value.length <= 4 ? '***' : `${value.slice(0, 2)}***${value.slice(-2)}`;
}
