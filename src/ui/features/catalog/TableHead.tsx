import { ChevronDown, Clipboard, Eye, Import, Pencil, SquareTerminal, Table2, TextSelect, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { Button } from '../../components/Button.tsx';
import { Chip } from '../../components/Chip.tsx';
import { Icon } from '../../components/Icon.tsx';
import { Menu, type MenuEntry } from '../../components/Menu.tsx';
import { isSystemDatabase, selectTable, type Table, type TableColumn } from '../../data/catalog.ts';
import { showSql } from '../../data/open-files.ts';
import { announce } from '../../lib/announce.ts';
import { copyText } from '../../lib/clipboard.ts';
import { format } from '../../lib/format.ts';
import { useMessages } from '../../lib/messages/messages.ts';
import { navigate } from '../../lib/router.ts';
import { DropDialog } from './DropDialog.tsx';
import { RenameDialog } from './RenameDialog.tsx';
import { TruncateDialog } from './TruncateDialog.tsx';

export interface TableHeadProps {
  readonly table: Table;
  readonly columns: readonly TableColumn[];
}

type Asked = 'rename' | 'truncate' | 'drop';

/** What the table is called, how large it is, and what can be done with it. */
export function TableHead({ table, columns }: TableHeadProps) {
  const { catalog: words } = useMessages();
  const [asked, setAsked] = useState<Asked>();
  const { database, name, kind, rows, size } = table;
  const select = selectTable(table, columns);
  const close = () => setAsked(undefined);
  const isOurs = !isSystemDatabase(database);
  return (
    <header className="place-head">
      <Icon of={kind === 'View' ? Eye : Table2} />
      <h2 className="cut">
        <span className="faint">{database}.</span>
        {name}
      </h2>
      {rows !== undefined && <Chip>{words.rows(format.integer(rows), rows === 1)}</Chip>}
      {size !== undefined && <Chip>{format.bytes(size)}</Chip>}
      {kind === 'View' && <Chip>{words.view}</Chip>}
      <span className="grow" />
      <Button size="s" look="primary" icon={SquareTerminal} onClick={() => showSql(words.worksheet(name), select)}>
        {words.preview}
      </Button>
      {isOurs && kind === 'Table' && (
        <Button size="s" icon={Import} onClick={() => loadInto(table)}>
          {words.load}
        </Button>
      )}
      <Menu
        align="end"
        label={words.moreActions}
        entries={entriesOf({ table, select, ask: setAsked, isOurs, words })}
        trigger={
          <Button size="s">
            {words.actions}
            <Icon of={ChevronDown} size="s" />
          </Button>
        }
      />
      <DropDialog
        table={asked === 'drop' ? table : undefined}
        onClose={close}
        onDone={() => navigate({ place: 'data', path: [database] })}
      />
      {asked === 'rename' && <RenameDialog table={table} onClose={close} />}
      {asked === 'truncate' && <TruncateDialog table={table} onClose={close} />}
    </header>
  );
}

function loadInto({ database, name }: Table): void {
  navigate({ place: 'load', query: { table: database === 'default' ? name : `${database}.${name}` } });
}

interface EntriesRequest {
  readonly table: Table;
  readonly select: string;
  readonly isOurs: boolean;
  readonly ask: (what: Asked) => void;
  readonly words: ReturnType<typeof useMessages>['catalog'];
}

function entriesOf({ table, select, isOurs, ask, words }: EntriesRequest): readonly MenuEntry[] {
  const copy = async () => {
    await copyText(select);
    announce(words.copiedSelect);
  };
  const changes: readonly MenuEntry[] = [
    { kind: 'Line' },
    { kind: 'Action', label: words.rename, icon: Pencil, run: () => ask('rename') },
    { kind: 'Action', label: words.truncate, icon: TextSelect, isDanger: true, run: () => ask('truncate') },
  ];
  const drop: MenuEntry = {
    kind: 'Action',
    label: words.dropMore,
    icon: Trash2,
    isDanger: true,
    run: () => ask('drop'),
  };
  return [
    { kind: 'Action', label: words.copySelect, icon: Clipboard, run: () => void copy() },
    ...(isOurs && table.kind === 'Table' ? changes : []),
    ...(isOurs ? [drop] : []),
  ];
}
