// Words for long work.
import type { Job } from "../api";
import { t, tOr } from "./i18n.svelte";

/** How far a job is, 0 to 1; null if its end is not known. */
export function share(job: Job): number | null {
  return job.total ? Math.min(1, job.done / job.total) : null;
}

export function stepText(job: Job): string {
  if (job.state === "waiting") return t("jobs.waiting");
  if (job.state === "failed") return t("jobs.failed");
  if (job.state === "done") return t("jobs.done");
  return tOr(`step.${job.step ?? ""}`, job.step ?? t("jobs.atWork"));
}
