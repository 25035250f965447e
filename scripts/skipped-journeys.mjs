/** Ends a run of Playwright with how many journeys were skipped and why. */
export default class SkippedJourneys {
  #suite;

  onBegin(_config, suite) {
    this.#suite = suite;
  }

  onEnd() {
    const skipped = (this.#suite?.allTests() ?? []).filter((test) => test.outcome() === 'skipped');
    console.log(`${skipped.length} journeys skipped`);
    for (const test of skipped) {
      const reason = test.annotations.find(({ type }) => type === 'skip' || type === 'fixme')?.description;
      console.log(`  ${test.title}${reason ? `: ${reason}` : ''}`);
    }
  }
}
