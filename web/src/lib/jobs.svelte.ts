// Long work, live: the jobs of this case, kept up by the server's event stream.
import { api, type Job } from "../api";
import { refreshCase } from "./session.svelte";

let jobs = $state.raw<ReadonlyMap<number, Job>>(new Map());
let ended = $state(0);
let stream: EventSource | null = null;

const isOver = (job: Job) => job.state === "done" || job.state === "failed";

function take(job: Job): void {
  const before = jobs.get(job.id);
  jobs = new Map(jobs).set(job.id, job);
  if (isOver(job) && before && !isOver(before)) {
    ended += 1;
    void refreshCase();
  }
}

export const work = {
  get all(): Job[] {
    return [...jobs.values()].sort((a, b) => b.id - a.id);
  },
  get active(): Job[] {
    return [...jobs.values()].filter((job) => !isOver(job));
  },
  /** Counts up whenever a job ends: screens read it to load anew. */
  get ended() {
    return ended;
  },
  /** The job to tell of beside a production: one at work before one that is over. */
  of(productionId: number): Job | null {
    const own = this.all.filter((job) => job.production_id === productionId);
    return own.find((job) => !isOver(job)) ?? own[0] ?? null;
  },
  byId(id: number): Job | null {
    return jobs.get(id) ?? null;
  },
};

/** Follow the jobs of the open case; called again when another case is opened. */
export async function followJobs(): Promise<void> {
  stream?.close();
  jobs = new Map();
  stream = api.jobStream();
  stream.onmessage = (event: MessageEvent<string>) => take(JSON.parse(event.data) as Job);
  try {
    for (const job of await api.jobs()) if (!jobs.has(job.id)) take(job);
  } catch {
    // The stream repeats every running job when it connects.
  }
}
