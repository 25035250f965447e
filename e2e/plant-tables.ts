import type { App } from './app.ts';

/**
 * Writes tables into the warehouse as one commit of its catalog: what as many statements would have left. The last
 * commit made a table; the page must be loaded anew for them.
 */
export async function plantTables(app: App, count: number): Promise<void> {
  await app.page.evaluate(async (tables) => {
    const root = await navigator.storage.getDirectory();
    const folderOf = async (folder: FileSystemDirectoryHandle): Promise<FileSystemDirectoryHandle | undefined> => {
      for await (const [name, handle] of folder.entries()) {
        if (!(handle instanceof FileSystemDirectoryHandle)) continue;
        if (name === '_catalog') return handle;
        const found = await folderOf(handle);
        if (found) return found;
      }
      return undefined;
    };
    const catalog = await folderOf(root);
    if (!catalog) throw new Error('The warehouse has no catalog.');
    const commits: string[] = [];
    for await (const name of catalog.keys()) if (/^\d+\.json$/.test(name)) commits.push(name);
    const last = commits.sort().at(-1) ?? '';
    const commit = JSON.parse(await (await (await catalog.getFileHandle(last)).getFile()).text());
    const [{ object: seed }, wrote] = commit.changes;
    const changes = Array.from({ length: tables }, (_, at) => {
      const id = seed.id + at + 1;
      const columns = [seed.columns[0], { ...seed.columns[1], name: `sensor_${at % 40}` }];
      return [
        { kind: 'Put', object: { ...seed, id, name: `drive_${String(at).padStart(5, '0')}`, columns } },
        { ...wrote, table: id },
      ];
    }).flat();
    const version = commit.version + 1;
    const file = await catalog.getFileHandle(`${String(version).padStart(20, '0')}.json`, { create: true });
    const stream = await file.createWritable();
    await stream.write(JSON.stringify({ ...commit, version, transaction: 'a'.repeat(32), changes }));
    await stream.close();
  }, count);
}
