/** A percent sign that is no escape stands for itself. */
export function decodePath(path: string): string {
  return path.replace(/(?:%[0-9a-f]{2})+/gi, (escapes) => {
    try {
      return decodeURIComponent(escapes);
    } catch {
      // Escapes that are not UTF-8 stay as they are written.
      return escapes;
    }
  });
}
