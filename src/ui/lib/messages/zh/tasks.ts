import type { tasksMessages as en } from '../en/tasks.ts';

const UNITS = { millisecond: '毫秒', second: '秒', minute: '分钟', hour: '小时' } as const;

const DAYS: { readonly [name: string]: string } = {
  ...{ MON: '周一', TUE: '周二', WED: '周三', THU: '周四', FRI: '周五', SAT: '周六', SUN: '周日' },
};

/** `MON-FRI` is 周一至周五; days given by number stay numbers. */
const days = (cron: string) =>
  cron
    .replace(/[A-Z]{3}/gi, (name) => DAYS[name.toUpperCase()] ?? name)
    .replaceAll('-', '至')
    .replaceAll(',', '、');

export const tasksMessages: typeof en = {
  title: '任务',
  honest: '任务仅在此页面打开时运行',
  honestHint:
    '任务不在服务器上运行，而由其中一个打开的标签页执行；该标签页关闭后由另一个接管。页面未打开期间应运行的任务会列在这里。',
  empty: '还没有任务。任务是按计划运行、或在另一任务之后运行的语句。',
  emptySql: "CREATE TASK hello SCHEDULE = 10 MINUTE AS SELECT 'hello';",
  write: '在工作区中编写',
  newTask: '新建任务',
  views: '任务的显示方式',
  graph: '依赖图',
  list: '列表',
  graphLabel: '任务依赖图',
  columns: { task: '任务', state: '状态', schedule: '计划', next: '下次运行', last: '上次运行' },
  started: '已启动',
  suspended: '已挂起',
  runNow: '立即运行一次',
  resume: '恢复',
  suspend: '挂起',
  drop: '删除',
  dropTitle: (name) => `删除任务 ${name}？`,
  dropText: '其后续任务会成为根任务并被挂起。',
  failed: (what, name) => `${what}失败：${name}`,
  edit: '在工作区中打开',
  detail: {
    schedule: '计划',
    next: '下次',
    later: '随后',
    condition: '运行条件',
    failures: '停止条件',
    after: '前置任务',
  },
  suspendedNext: '恢复后',
  mostFailures: (count) => (count === 1 ? '失败 1 次后' : `连续失败 ${count} 次后`),
  definition: '语句',
  manual: '仅手动运行',
  after: (names) => `在 ${names} 之后`,
  when: (condition) => `当 ${condition} 时`,
  whenStream: (stream) => `当 ${stream} 有数据时`,
  schedule: {
    every: (count, unit) => (count === 1 ? `每${UNITS[unit]}` : `每隔 ${count} ${UNITS[unit]}`),
    hourly: (minute) => `每小时的第 ${minute} 分钟`,
    daily: (time) => `每天 ${time}`,
    weekly: (cron, time) => `每${days(cron)} ${time}`,
    monthly: (day, time) => `每月 ${day} 日 ${time}`,
    other: (expression) => `cron ${expression}`,
    inZone: (words, zone) => `${words}（${zone}）`,
  },
  runs: '运行记录',
  runsOf: (name) => `${name} 的运行记录`,
  noRuns: '还没有运行过。',
  runColumns: { state: '状态', when: '时间', task: '任务', took: '耗时', outcome: '结果' },
  anyTask: '全部任务',
  anyState: '全部状态',
  allRuns: '所有任务的运行记录',
  noRunsAtAll: '还没有任务运行过。',
  noRunFits: '没有符合条件的运行记录。',
  strip: '最近 24 小时的运行记录',
  stripOf: (name) => `${name} 最近 24 小时的运行记录`,
  lastDay: (counts) => `最近 24 小时：${counts}`,
  noneInDay: '无',
  inState: (count, state) => `${state} ${count} 次`,
  runAt: (task, time, outcome) => `${time} ${task}：${outcome}`,
  runOf: (task, time) => `${task} 于 ${time} 的运行`,
  openQuery: '在历史记录中打开',
  showTask: '查看任务',
  facts: { scheduled: '计划时间', ended: '结束时间', written: '写入行数', query: '查询 ID' },
  changedSince: (added, removed) => `此次运行之后语句已修改：新增 ${added} 行，删除 ${removed} 行`,
  changes: '此后的修改',
  restore: '在工作区中恢复',
  inTime: (duration) => `，${duration}后`,
  nextOfAll: (time) => `下次运行 ${time}`,
  states: {
    EXECUTING: '运行中',
    SUCCEEDED: '成功',
    FAILED: '失败',
    CANCELLED: '已取消',
    SKIPPED: '已跳过',
  },
  failure: (text, code) => `${text}（${code}）`,
  never: '尚未运行',
  failing: (failures, most) =>
    most === undefined ? `连续失败 ${failures} 次` : `已失败 ${failures} 次，${most} 次后停止`,
  stopped: (failures) => `失败 ${failures} 次后已挂起`,
  retry: '重试',
  kinds: { Stream: '流', Stage: 'Stage' },
  missed: (task, count, _one, span) => `${task}：页面未打开期间错过了 ${count} 次运行（${span}）`,
  missedSpan: (first, last) => (first === last ? first : `${first} 至 ${last}`),
  runOneNow: '立即运行一次',
  skip: '跳过',
};
