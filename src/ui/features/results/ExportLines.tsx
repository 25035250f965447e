import { Button } from '../../components/Button.tsx';
import { ProgressLine } from '../../components/ProgressLine.tsx';
import { type ExportJob, exportJobs } from '../../data/export-jobs.ts';
import { useMessages } from '../../lib/messages/messages.ts';
import { useStore } from '../../lib/store.ts';
import { useNow } from '../../lib/use-now.ts';

/** The exports of a worksheet that are going on, each with a way to end it. */
export function ExportLines({ worksheet }: { readonly worksheet: string }) {
  const jobs = useStore(exportJobs).filter((job) => job.worksheet === worksheet);
  return jobs.map((job) => <ExportLine key={job.id} job={job} />);
}

function ExportLine({ job: { name, progress, startedAt, cancel } }: { readonly job: ExportJob }) {
  const { view: words, progress: common } = useMessages();
  const now = useNow(true);
  return (
    <ProgressLine
      label={words.exporting(name)}
      progress={progress}
      elapsed={Math.max(0, now - startedAt)}
      end={
        <>
          <span className="faint cut">{name}</span>
          <Button size="s" aria-label={words.cancelExport(name)} onClick={cancel}>
            {common.cancel}
          </Button>
        </>
      }
    />
  );
}
